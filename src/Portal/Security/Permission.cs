namespace MerchantPortal.Portal.Security;

/// <summary>The named rights. Roles are sets of them; code and pages ask for these, never for a role.</summary>
public static class Permission
{
    public const string OrdersRead = "orders.read";
    public const string OrdersImport = "orders.import";
    public const string OrdersAsk = "orders.ask";
    public const string RefundsRequest = "refunds.request";
    public const string PreAuthsRequest = "preauths.request";
    public const string TransfersRequest = "transfers.request";
    public const string CardsRead = "cards.read";
    public const string CardsUnbind = "cards.unbind";

    /// <summary>To decide on what somebody else asked for, whatever it moves; policies name people.</summary>
    public const string OperationsApprove = "operations.approve";

    /// <summary>To settle, two at a time, what no question answers.</summary>
    public const string OperationsResolve = "operations.resolve";

    public const string CasesWork = "cases.work";
    public const string PoliciesRead = "policies.read";
    public const string PoliciesManage = "policies.manage";

    /// <summary>To be the second person of a change that moves no money: policies, switches, roles.</summary>
    public const string ChangesConfirm = "changes.confirm";
    public const string NotificationsRead = "notifications.read";
    public const string AuditRead = "audit.read";
    public const string AccountsRead = "accounts.read";
    public const string AccountsManage = "accounts.manage";
    public const string TeamRead = "team.read";
    public const string TeamManage = "team.manage";

    /// <summary>Rights that let money move: a fresh grant of one becomes usable only after a day.</summary>
    public static IReadOnlySet<string> Money { get; } = new HashSet<string>
    {
        RefundsRequest, PreAuthsRequest, TransfersRequest, CardsUnbind, OperationsApprove, OperationsResolve,
    };
}

/// <summary>The roles people are given.</summary>
public enum Role
{
    Clerk,
    Reviewer,
    FinanceLead,
    Resolver,
    Admin,
    Auditor,
}

/// <summary>What each role may do.</summary>
public static class Roles
{
    private static readonly Dictionary<Role, string[]> Sets = new()
    {
        [Role.Clerk] =
        [
            Permission.OrdersRead, Permission.OrdersImport, Permission.OrdersAsk, Permission.RefundsRequest,
            Permission.PreAuthsRequest, Permission.TransfersRequest, Permission.CardsRead, Permission.CardsUnbind,
            Permission.CasesWork, Permission.NotificationsRead, Permission.PoliciesRead,
        ],
        [Role.Reviewer] =
        [
            Permission.OrdersRead, Permission.OrdersAsk, Permission.OperationsApprove, Permission.CasesWork,
            Permission.NotificationsRead, Permission.PoliciesRead,
        ],
        [Role.FinanceLead] =
        [
            Permission.OrdersRead, Permission.OrdersImport, Permission.OrdersAsk, Permission.NotificationsRead,
            Permission.AuditRead, Permission.AccountsRead, Permission.CasesWork, Permission.PoliciesRead,
            Permission.ChangesConfirm,
        ],
        [Role.Resolver] =
        [
            Permission.OrdersRead, Permission.OrdersAsk, Permission.OperationsResolve, Permission.CasesWork,
            Permission.NotificationsRead,
        ],
        [Role.Admin] =
        [
            Permission.AccountsRead, Permission.AccountsManage, Permission.TeamRead, Permission.TeamManage,
            Permission.AuditRead, Permission.PoliciesRead, Permission.PoliciesManage, Permission.ChangesConfirm,
        ],
        [Role.Auditor] =
        [
            Permission.OrdersRead, Permission.NotificationsRead, Permission.AuditRead, Permission.AccountsRead,
            Permission.TeamRead, Permission.PoliciesRead, Permission.CardsRead,
        ],
    };

    /// <summary>The rights of a role.</summary>
    public static IReadOnlyList<string> Of(Role role) => Sets[role];

    /// <summary>Whether a role holds a right that lets money move.</summary>
    public static bool MovesMoney(Role role) => Sets[role].Any(Permission.Money.Contains);

    /// <summary>
    /// Whether one admin alone must not make somebody hold a role: it moves money, or it is a second pair of eyes, and
    /// whoever could invite their own second pair of eyes would need nobody.
    /// </summary>
    public static bool NeedsSecondPerson(Role role) => MovesMoney(role) || Confirms(role);

    /// <summary>Whether a role is the second person of changes.</summary>
    public static bool Confirms(Role role) => Sets[role].Contains(Permission.ChangesConfirm);

    /// <summary>
    /// Roles that one person must not hold together: who rules over people and accounts moves no money.
    /// </summary>
    public static bool Conflict(IEnumerable<Role> roles) =>
        roles.ToHashSet() is var held && held.Contains(Role.Admin) && held.Any(MovesMoney);

    /// <summary>The roles that hold a right, for pages that name who could do it.</summary>
    public static IReadOnlyList<Role> Holding(string permission) =>
        [.. Sets.Where(set => set.Value.Contains(permission)).Select(set => set.Key)];
}
