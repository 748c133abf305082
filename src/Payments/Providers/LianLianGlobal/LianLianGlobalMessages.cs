using System.Text;
using MerchantPortal.Payments.Signatures;

namespace MerchantPortal.Payments.Providers.LianLianGlobal;

/// <summary>One question or order to LianLian Global before it is signed.</summary>
/// <param name="Interface">Name for the transcript.</param>
/// <param name="Path">Path on the account's host.</param>
/// <param name="Message">The body; of a GET the numbers of its path as a JSON object.</param>
/// <param name="IsGet">Whether it is asked by GET.</param>
internal sealed record LianLianGlobalCall(string Interface, string Path, string Message, bool IsGet);

/// <summary>What came of a call.</summary>
/// <param name="Transcript">What is kept.</param>
/// <param name="Failure">Why there is no readable answer, or None.</param>
/// <param name="Answer">The answer; null when there is none.</param>
internal sealed record LianLianGlobalReply(Transcript Transcript, ProviderError Failure, LianLianGlobalAnswer? Answer);

/// <summary>Signs calls, hands them to the only sender and reads the answer (sections 2.1 and 2.2).</summary>
internal sealed class LianLianGlobalMessages(ProviderHttp http, TimeProvider time, IMessageSigning signing)
{
    private const string JsonType = "application/json";

    /// <summary>The clock of times sent and certificates checked.</summary>
    public TimeProvider Time => time;

    /// <summary>Signs and sends. Nothing leaves when a key is missing or the answer could not be verified.</summary>
    public async Task<LianLianGlobalReply> SendAsync(
        ProviderAccount account, LianLianGlobalCall call, ProviderKeys keys, SendPermit permit,
        CancellationToken cancel)
    {
        using var theirs = keys.OpenProviderPublic("LianLian", time.GetUtcNow(), out var noneOfTheirs);
        using var ours = keys.OpenSigningPrivate(out var noneOfOurs);
        if (theirs is null || ours is null)
        {
            return Unsent(account, call, ProviderError.KeyMissing, ours is null ? noneOfOurs : noneOfTheirs);
        }

        if (signing.Read(LianLianGlobalSigning.Request, call.Message, SignatureKeyKind.Rsa, new())
            is not TextReading.Readable readable)
        {
            return Unsent(account, call, ProviderError.InvalidRequest, "a field is outside the document");
        }

        var request = new ProviderRequest(
            call.Interface, Address(account, call), call.IsGet ? default : Encoding.UTF8.GetBytes(call.Message),
            JsonType, Show(call))
        {
            IsGet = call.IsGet,
            Headers =
            [
                ("signature", MessageSignature.Sign(readable.Texts, ours)),
                ("timestamp", LianLianGlobalFormats.Time(
                    time.GetUtcNow(), LianLianGlobalOptions.Chosen(account, LianLianGlobalOptions.TimestampFormat))),
                ("timezone", LianLianGlobalOptions.Chosen(account, LianLianGlobalOptions.TimezoneHeader)),
                ("sign-type", "RSA"),
            ],
        };
        return Read(await http.SendAsync(account, request, permit, cancel), theirs);
    }

    /// <summary>The reply of a call that is refused before anything is sent.</summary>
    public LianLianGlobalReply Unsent(
        ProviderAccount account, LianLianGlobalCall call, ProviderError error, string why) =>
        new(
            Transcript.Unsent(call.Interface, Address(account, call), time.GetUtcNow(), error, Show(call), why),
            error,
            null);

    private static LianLianGlobalReply Read(ProviderExchange exchange, SignatureKey theirs)
    {
        if (exchange.Transcript.Failure != ProviderError.None)
        {
            return new(exchange.Transcript, exchange.Transcript.Failure, null);
        }

        var answer = exchange.ContentType == JsonType
            ? LianLianGlobalAnswer.Read(exchange, theirs)
            : null;
        var shown = exchange.Transcript with
        {
            ShownAnswer = answer?.Shown ?? $"({exchange.Body.Length} bytes that are no answer of the document)",
        };
        return answer is not null ? new(shown, ProviderError.None, answer)
            : new(
                shown,
                shown.Status >= 500 ? ProviderError.ProviderFault : ProviderError.AnswerUnreadable,
                null);
    }

    private static Uri Address(ProviderAccount account, LianLianGlobalCall call) =>
        new(account.BaseAddress, Uri.EscapeDataString(call.Path).Replace("%2F", "/", StringComparison.Ordinal));

    private static string Show(LianLianGlobalCall call)
    {
        if (!StrictJson.TryParse(call.Message, out var json, out _))
        {
            return "(unusable)";
        }

        using (json)
        {
            return LianLianGlobalMembers.Show(json.RootElement);
        }
    }
}
