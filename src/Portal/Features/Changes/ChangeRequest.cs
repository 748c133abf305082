using System.Security.Cryptography;
using System.Text.Json;

namespace MerchantPortal.Portal.Features.Changes;

/// <summary>Where a change that needs a second person stands.</summary>
public enum ChangeState
{
    Waiting,
    Applied,
    Rejected,
    Withdrawn,
    Expired,
}

/// <summary>
/// A change that one person proposes and others confirm. What it does is fixed with the row; it is done in the
/// transaction of the last confirmation, or never.
/// </summary>
public sealed class ChangeRequest
{
    public Guid Id { get; init; }

    /// <summary>Our number: G261120K7QF3.</summary>
    public string Number { get; init; } = "";

    /// <summary>The word of its kind, such as "account.switch".</summary>
    public string Kind { get; init; } = "";

    /// <summary>What the audit calls the thing that is changed: "account 100020091218001".</summary>
    public string Subject { get; init; } = "";

    /// <summary>The one thing that it changes: no two changes of it wait at the same time.</summary>
    public string Target { get; init; } = "";

    /// <summary>What exactly is to be done, as JSON that its kind reads.</summary>
    public string Terms { get; init; } = "";

    /// <summary>What people are shown: how it is, as a JSON list of facts.</summary>
    public string Before { get; init; } = "";

    /// <summary>What people are shown: how it will be, as a JSON list of facts.</summary>
    public string After { get; init; } = "";

    /// <summary>Digest of everything that is confirmed; shown, sent and compared.</summary>
    public string TermsHash { get; private set; } = "";

    /// <summary>The account whose people decide; null where it concerns all.</summary>
    public Guid? AccountId { get; init; }

    /// <summary>The operation that it settles; null for most kinds.</summary>
    public Guid? OperationId { get; init; }

    public Guid ProposerPersonId { get; init; }
    public Guid ProposerUserId { get; init; }
    public string ProposerName { get; init; } = "";

    /// <summary>The proposer's fresh proof, where the kind wants one.</summary>
    public Guid? ProposerStepUpId { get; init; }
    public DateTimeOffset ProposedAt { get; init; }

    /// <summary>Until when it can be confirmed.</summary>
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>How many others have to confirm.</summary>
    public int Needed { get; init; } = 1;

    /// <summary>Persons who must not confirm beside the proposer, their ids parted by blanks.</summary>
    public string Barred { get; init; } = "";

    /// <summary>The persons who alone may confirm, their ids parted by blanks; empty for all with the right.</summary>
    public string Only { get; init; } = "";

    public string Comment { get; init; } = "";

    /// <summary>Name of the document as its owner called it; empty where there is none.</summary>
    public string DocumentName { get; init; } = "";

    /// <summary>The document itself where it is a line of text.</summary>
    public string DocumentText { get; init; } = "";

    /// <summary>The generated name under which the file is kept; empty where there is none.</summary>
    public string DocumentFile { get; init; } = "";

    public long DocumentSize { get; init; }

    /// <summary>SHA-256 of the document; empty where there is none.</summary>
    public string DocumentSha256 { get; init; } = "";

    /// <summary>Made when the dialog opened: the same intention submitted twice is one request.</summary>
    public Guid CommandId { get; init; }

    public ChangeState State { get; set; }
    public DateTimeOffset StateAt { get; set; }
    public int Version { get; set; }

    /// <summary>Whether somebody stands apart enough to confirm it, by what was fixed with the proposal.</summary>
    public bool IsFor(Guid person) => !Barred.Contains(person.ToString("N"), StringComparison.Ordinal)
        && (Only.Length == 0 || Only.Contains(person.ToString("N"), StringComparison.Ordinal));

    /// <summary>Fixes the digest, once, when the row is made.</summary>
    public ChangeRequest WithTerms()
    {
        TermsHash = ComputeTermsHash(Before, After);
        return this;
    }

    /// <summary>The digest that the request would have if the thing were as told.</summary>
    public string ComputeTermsHash(string before, string after) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes<string[]>(
            [Kind, Number, Subject, Target, Terms, before, after, Comment, DocumentSha256, $"{ProposerPersonId:N}"])));
}

/// <summary>What somebody said to a change.</summary>
public enum ChangeAnswer
{
    Confirmed,
    Rejected,
}

/// <summary>One person's answer to one change. Added once, never changed.</summary>
public sealed class ChangeVote
{
    public Guid Id { get; init; }
    public Guid ChangeId { get; init; }

    /// <summary>
    /// The proposer again: a foreign key over both columns keeps the copy true, so that a check on this row alone can
    /// refuse one's own proposal in the database itself.
    /// </summary>
    public Guid ProposerPersonId { get; init; }

    public Guid PersonId { get; init; }
    public Guid UserId { get; init; }
    public string PersonName { get; init; } = "";
    public ChangeAnswer Answer { get; init; }

    /// <summary>The terms as the person saw them.</summary>
    public string TermsHash { get; init; } = "";

    /// <summary>How the person had proven to be there.</summary>
    public string Factors { get; init; } = "";

    /// <summary>The fresh proof of a confirmation; null for a rejection.</summary>
    public Guid? StepUpId { get; init; }

    public string Comment { get; init; } = "";
    public DateTimeOffset At { get; init; }
}
