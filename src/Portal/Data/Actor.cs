namespace MerchantPortal.Portal.Data;

/// <summary>Who acts: a signed-in person, a job of ours, or nobody known.</summary>
/// <param name="Name">Name for the audit and for pages.</param>
/// <param name="UserId">The signed-in user; null for jobs and for nobody.</param>
/// <param name="PersonId">The person behind the user.</param>
/// <param name="SessionId">The server-side session.</param>
public sealed record Actor(string Name, Guid? UserId = null, Guid? PersonId = null, Guid? SessionId = null)
{
    /// <summary>Somebody who has not signed in.</summary>
    public static Actor Nobody { get; } = new("nobody");

    /// <summary>One of our own jobs.</summary>
    public static Actor Job(string name) => new("job:" + name);

    /// <summary>A job of ours needs no rights: it can only do what its code does.</summary>
    public bool IsJob => UserId is null && Name.StartsWith("job:", StringComparison.Ordinal);
}
