namespace MerchantPortal.Portal.Shell;

/// <summary>Every path and query of the portal is built here.</summary>
public static class PortalUrls
{
    public const string Home = "/";
    public const string Orders = "/orders";
    public const string Import = "/orders/import";
    public const string Refunds = "/refunds";
    public const string Cards = "/cards";
    public const string Transfers = "/transfers";
    public const string NewTransfer = "/transfers/new";
    public const string TransferLimits = "/transfers/limits";
    public const string PreAuths = "/preauths";
    public const string Cases = "/cases";
    public const string Batches = "/batches";
    public const string NewBatch = "/batches/new";
    public const string NewTransferBatch = "/batches/new-transfers";
    public const string Unknowns = "/unknown";
    public const string Approvals = "/approvals";
    public const string Policies = "/policies";
    public const string Changes = "/changes";
    public const string Notifications = "/notifications";
    public const string Audit = "/audit";
    public const string Codes = "/codes";
    public const string Accounts = "/accounts";
    public const string Team = "/team";
    public const string Signatures = "/signatures";
    public const string Me = "/me";

    public const string ImportExample = "/orders/import/example.csv";
    public const string BatchExample = "/batches/example";

    /// <summary>The orders that a filter lets through.</summary>
    public static string OrderList(IEnumerable<(string Name, string? Value)> filter) => Query(Orders, filter);

    /// <summary>An order's own page, by any of its numbers.</summary>
    public static string Order(string number) => $"{Orders}/{Uri.EscapeDataString(number)}";

    /// <summary>An order's own page with its events told from the first on.</summary>
    public static string OrderFromOldest(string number) => Query(Order(number), ("events", "oldest"));

    /// <summary>A refund's own page.</summary>
    public static string Refund(string number) => $"{Refunds}/{Uri.EscapeDataString(number)}";

    /// <summary>The list of refunds: a tab, a search, and a page by the number it starts or ends beside.</summary>
    public static string RefundList(
        string? tab = null, string? find = null, string? after = null, string? before = null) =>
        Query(Refunds, ("state", tab), ("q", find), ("after", after), ("before", before));

    /// <summary>A tab of the cases.</summary>
    public static string CaseList(string? tab) => Query(Cases, ("tab", tab));

    /// <summary>The page of one case.</summary>
    public static string Case(string number) => $"{Cases}/{Uri.EscapeDataString(number)}";

    /// <summary>A payer's signed cards. A card's number never stands here.</summary>
    public static string CardList(Guid account, string? payer = null) =>
        Query(Cards, ("account", account.ToString("N")), ("payer", payer));

    /// <summary>The page of one request to take a card away.</summary>
    public static string Unbind(string number) => $"{Cards}/{Uri.EscapeDataString(number)}";

    /// <summary>A tab of what needs attention, and a page of it by the number it starts or ends beside.</summary>
    public static string Attention(string? tab = null, string? after = null, string? before = null) =>
        Query(Unknowns, ("tab", tab), ("after", after), ("before", before));

    /// <summary>Where people settle one operation.</summary>
    public static string Settle(string number) => $"{Unknowns}/{Uri.EscapeDataString(number)}";

    /// <summary>The list of batches, from the one after a number on.</summary>
    public static string BatchList(string? after) => Query(Batches, ("after", after));

    /// <summary>A batch's own page, where its number is not at hand.</summary>
    public static string Batch(Guid id) => $"{Batches}/{id:N}";

    /// <summary>A batch's own page: a group of its rows, from the one after a line on.</summary>
    public static string Batch(string number, string? group = null, int? after = null) => Query(
        $"{Batches}/{Uri.EscapeDataString(number)}",
        ("rows", group), ("after", after?.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    /// <summary>A new batch; of the failed rows of another where its number is given.</summary>
    public static string BatchOf(string? failedOf = null) => Query(NewBatch, ("failed", failedOf));

    /// <summary>A new batch of transfers; of the failed rows of another where its number is given.</summary>
    public static string TransferBatchOf(string? failedOf = null) => Query(NewTransferBatch, ("failed", failedOf));

    /// <summary>The example file of a kind, in one of its forms.</summary>
    public static string BatchExampleIn(string form, string kind) =>
        Query(BatchExample, ("form", form), ("kind", kind));

    /// <summary>A tab of the inbox, of one kind or of all, with nothing open.</summary>
    public static string ApprovalList(string? tab = null, string? kind = null) =>
        Query(Approvals, ("tab", tab), ("kind", kind));

    /// <summary>A transfer's own page.</summary>
    public static string Transfer(string number) => $"{Transfers}/{Uri.EscapeDataString(number)}";

    /// <summary>
    /// The list of transfers: a tab, a search, an account, and a page by the number it starts or ends beside.
    /// </summary>
    public static string TransferList(
        string? tab = null, string? find = null, string? account = null, string? after = null,
        string? before = null) =>
        Query(Transfers, ("state", tab), ("q", find), ("account", account), ("after", after), ("before", before));

    /// <summary>The page of one capture or void.</summary>
    public static string PreAuth(string number) => $"{PreAuths}/{Uri.EscapeDataString(number)}";

    /// <summary>The board of holds, with the sheet of one order's hold open.</summary>
    public static string Hold(string orderNumber) => Query(PreAuths, ("open", orderNumber));

    /// <summary>The board of holds: a tab, a search, a provider, an order, and the open sheet.</summary>
    public static string HoldList(
        string? tab = null, string? find = null, string? provider = null, string? sort = null, string? open = null,
        string? after = null) =>
        Query(
            PreAuths, ("tab", tab), ("q", find), ("provider", provider), ("sort", sort), ("open", open),
            ("after", after));

    /// <summary>The inbox, with one request open.</summary>
    public static string Approval(string number, string? tab = null, string? kind = null) =>
        Query(Approvals, ("tab", tab), ("kind", kind), ("open", number));

    /// <summary>A tab of the changes that need a second person, with nothing open.</summary>
    public static string ChangeList(string? tab = null) => Query(Changes, ("tab", tab));

    /// <summary>The changes, with one of them open.</summary>
    public static string Change(string number, string? tab = null) => Query(Changes, ("tab", tab), ("open", number));

    /// <summary>The document that a change rests on.</summary>
    public static string ChangeDocument(string number) => $"{Changes}/{Uri.EscapeDataString(number)}/document";

    /// <summary>One inbound call.</summary>
    public static string Notification(Guid id) => $"{Notifications}/{id:N}";

    /// <summary>The page of a code of ours.</summary>
    public static string Code(int code) => $"{Codes}/{code}";

    /// <summary>What is found for a code as a provider spells it, or for words.</summary>
    public static string CodeList(string find, string? provider = null) =>
        Query(Codes, ("q", find), ("provider", provider));

    /// <summary>The signature bench with its choices made. A message, a signature or a key never stands here.</summary>
    public static string SignatureBench(
        string provider, string @interface, string? key = null, string? placement = null, string? hex = null) =>
        Query(
            Signatures,
            ("provider", provider),
            ("interface", @interface),
            ("key", key),
            ("placement", placement),
            ("hex", hex));

    /// <summary>What one import did.</summary>
    public static string ImportRun(Guid id) => $"{Import}/{id:N}";

    /// <summary>Where a one-time link leads.</summary>
    public static string SetUp(string token) => Query("/set-up", ("token", token));

    /// <summary>The sign-in page.</summary>
    public static string SignIn(string? returnUrl = null, string? problem = null, string? note = null) =>
        Query("/sign-in", ("returnUrl", returnUrl == Home ? null : returnUrl), ("problem", problem), ("note", note));

    /// <summary>A path with those of the parameters that have a value.</summary>
    public static string Query(string path, params IEnumerable<(string Name, string? Value)> parameters)
    {
        var query = string.Join('&', parameters.Where(p => !string.IsNullOrEmpty(p.Value))
            .Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value!)}"));
        return query.Length == 0 ? path : $"{path}?{query}";
    }

    /// <summary>A return address if it stays on this origin, else the home page.</summary>
    public static string LocalOrHome(string? url) =>
        url is ['/', ..] && !(url.Length > 1 && url[1] is '/' or '\\')
            && !url.Any(char.IsControl) && !url.Contains('\\')
            ? url
            : Home;
}
