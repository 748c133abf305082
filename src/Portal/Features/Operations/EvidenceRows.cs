using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;

namespace MerchantPortal.Portal.Features.Operations;

/// <summary>Turns what was learnt into evidence rows.</summary>
internal static class EvidenceRows
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    public static Evidence Answer(
        Commit commit, Operation operation, ProviderOutcome? outcome, OperationEvent proves) => new()
        {
            Id = Guid.CreateVersion7(),
            OperationId = operation.Id,
            At = commit.Now,
            Kind = EvidenceKind.Answer,
            AttemptNumber = operation.Attempts,
            Proves = proves,
            RawState = outcome?.ProviderCode ?? "",
            Problem = Problem(outcome),
            Transcript = outcome is null ? "" : JsonSerializer.Serialize(outcome.Transcript, Json),
            BodyStarted = outcome?.Transcript.BodyStarted,
        };

    public static Evidence Question(Commit commit, Operation operation, Finding finding) => new()
    {
        Id = Guid.CreateVersion7(),
        OperationId = operation.Id,
        At = commit.Now,
        Kind = EvidenceKind.Query,
        Proves = finding.Proves,
        NothingDone = finding.NothingDone,
        RawState = finding.ProviderCode,
        Problem = finding.Problem,
        Transcript = JsonSerializer.Serialize(finding.Transcript, Json),
    };

    public static string Problem(ProviderOutcome? outcome) =>
        outcome is null ? OperationProblem.BrokeOff
        : Error(outcome) is var error and not ProviderError.None ? error.ToString()
        : "";

    public static ProviderError Error(ProviderOutcome? outcome) => outcome switch
    {
        ProviderOutcome.Refused refused => refused.Error,
        ProviderOutcome.NotSent notSent => notSent.Error,
        ProviderOutcome.Postponed later => later.Error,
        ProviderOutcome.Unknown unknown => unknown.Error,
        _ => ProviderError.None,
    };
}
