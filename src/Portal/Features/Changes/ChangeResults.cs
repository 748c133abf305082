using System.Security.Cryptography;
using System.Text.Json;
using MerchantPortal.Portal.Features.SignIn;

namespace MerchantPortal.Portal.Features.Changes;

/// <summary>What somebody proposes.</summary>
/// <param name="CommandId">Made when the dialog opened.</param>
/// <param name="Kind">The kind's word.</param>
/// <param name="Terms">What exactly is to be done, as JSON that the kind reads.</param>
/// <param name="Comment">Why, for whoever confirms.</param>
public sealed record ChangeProposal(Guid CommandId, string Kind, string Terms, string Comment)
{
    /// <summary>What it rests on; null where there is nothing to show.</summary>
    public ChangeDocument? Document { get; init; }

    /// <summary>What a fresh proof is bound to, where the kind wants one of the proposer.</summary>
    public StepUpSubject Proof => new(CommandId, Convert.ToHexStringLower(
        SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes<string[]>([Kind, Terms]))));
}

/// <summary>How proposing ended. The family is closed.</summary>
public abstract record Proposed
{
    public sealed record Done(Guid Id, string Number) : Proposed
    {
        /// <summary>False where the same intention had been submitted before.</summary>
        public bool IsNew { get; init; } = true;
    }

    public sealed record NoRight(string Permission) : Proposed;

    /// <summary>It cannot be done as things stand; the reason is a text key.</summary>
    public sealed record Impossible(string Reason) : Proposed;

    /// <summary>The actor had a part in what it is about.</summary>
    public sealed record Involved : Proposed;

    /// <summary>A change of the same thing waits already.</summary>
    public sealed record AnotherWaits(string Number) : Proposed;

    public sealed record CommentMissing : Proposed;

    /// <summary>No fresh proof for exactly this proposal.</summary>
    public sealed record StepUpMissing : Proposed;

    public sealed record DocumentMissing : Proposed;

    /// <summary>The document cannot be taken; the reason is a text key.</summary>
    public sealed record DocumentWrong(string Reason) : Proposed;
}

/// <summary>An answer with what the page showed when it was given.</summary>
/// <param name="ChangeId">What is answered.</param>
/// <param name="SeenVersion">The row's version on the page.</param>
/// <param name="SeenTerms">The terms' digest on the page.</param>
/// <param name="Answer">Yes or no.</param>
/// <param name="Comment">Why; needed for a no.</param>
public sealed record ChangeForm(
    Guid ChangeId, int SeenVersion, string SeenTerms, ChangeAnswer Answer, string Comment);

/// <summary>How an answer ended. The family is closed.</summary>
public abstract record Answered
{
    /// <param name="State">Applied or Rejected; Waiting where more people have to confirm.</param>
    public sealed record Done(ChangeState State) : Answered;

    public sealed record NoSuchChange : Answered;

    public sealed record NoRight(string Permission) : Answered;

    /// <summary>Nobody confirms what they proposed themselves.</summary>
    public sealed record OwnProposal : Answered;

    /// <summary>The actor had a part in what it is about.</summary>
    public sealed record Involved : Answered;

    /// <summary>The actor has answered before.</summary>
    public sealed record AnsweredBefore : Answered;

    public sealed record NotWaiting(ChangeState State) : Answered;

    /// <summary>What the page showed is not what the request says.</summary>
    public sealed record PageIsStale : Answered;

    /// <summary>It cannot be done any more; the reason is a text key.</summary>
    public sealed record Impossible(string Reason) : Answered;

    public sealed record CommentMissing : Answered;

    /// <summary>No fresh proof for exactly this confirmation.</summary>
    public sealed record StepUpMissing : Answered;
}
