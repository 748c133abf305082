using MerchantPortal.Portal.Features.Audit;
using MerchantPortal.Portal.Security;
using MerchantPortal.Portal.Work;

namespace MerchantPortal.Portal.Data;

/// <summary>One running command: its fresh rights, its clock reading, what it tells the audit and open pages.</summary>
public sealed class Commit(PortalDb db, Actor actor, string what, DateTimeOffset now)
{
    private readonly List<AuditDraft> drafts = [];
    private readonly List<Change> changes = [];
    private readonly Dictionary<Type, object> once = [];
    private Func<Task>? alongRefusal;

    /// <summary>The context of this command.</summary>
    public PortalDb Db { get; } = db;

    /// <summary>Who acts.</summary>
    public Actor Actor { get; } = actor;

    /// <summary>The action's name.</summary>
    public string What { get; } = what;

    /// <summary>The instant of this command, the same in every row it writes.</summary>
    public DateTimeOffset Now { get; } = now;

    /// <summary>What the actor may do, read inside this transaction.</summary>
    public Rights Rights { get; private set; } = Rights.None;

    /// <summary>The work said no.</summary>
    public bool IsRefused { get; private set; }

    /// <summary>What the audit will say.</summary>
    public IReadOnlyList<AuditDraft> Drafts => drafts;

    /// <summary>What open pages will be told after the commit.</summary>
    public IReadOnlyList<Change> Changes => changes;

    /// <summary>Reads what is the same for every row of this command: once, whoever asks first.</summary>
    public async Task<T> OnceAsync<T>(Func<Task<T>> read) where T : class
    {
        if (!once.TryGetValue(typeof(T), out var known))
        {
            once[typeof(T)] = known = await read();
        }

        return (T)known;
    }

    /// <summary>Adds an audit entry about one thing. Details must hold nothing secret.</summary>
    public void Audit(string subject, object? details = null) =>
        drafts.Add(new(What, subject, AuditOutcome.Done, details));

    /// <summary>Tells open pages, after the commit, that a row changed.</summary>
    public void Changed(string topic, Guid id) => changes.Add(new(topic, id));

    /// <summary>Says no: nothing of this command stays, but the audit keeps who tried what and why not.</summary>
    public T Refuse<T>(T result, string subject, string why)
    {
        IsRefused = true;
        drafts.Clear();
        changes.Clear();
        drafts.Add(new(What, subject, AuditOutcome.Refused, new { why }));
        return result;
    }

    /// <summary>
    /// What has to be written even though the command is refused, such as a count of failed sign-ins.
    /// </summary>
    public void AlsoWhenRefused(Func<Task> write) => alongRefusal = write;

    internal (long Seq, byte[] Digest)? AuditedUpTo { get; set; }

    internal async Task ReadRightsAsync() => Rights = await Rights.ReadAsync(Db, Actor, Now);

    internal Task WriteWithRefusalAsync() => alongRefusal?.Invoke() ?? Task.CompletedTask;
}
