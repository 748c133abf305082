using System.Buffers;
using MerchantPortal.Payments.Amounts;

namespace MerchantPortal.Payments.Providers.Allinpay;

/// <summary>One question or order to Allinpay before it is signed.</summary>
/// <param name="Interface">Name for the transcript.</param>
/// <param name="SignedAs">The interface whose order of fields is signed.</param>
/// <param name="Path">Path on the account's host.</param>
/// <param name="Fields">Fields in the order they are sent, without signMsg.</param>
/// <param name="AnswerMode">How the answer will be signed.</param>
internal sealed record AllinpayCall(
    string Interface, string SignedAs, string Path, IReadOnlyList<AllinpayField> Fields, SignatureMode AnswerMode);

/// <summary>What came of a call.</summary>
/// <param name="Transcript">What is kept, still without the shown answer.</param>
/// <param name="Body">The answer's bytes.</param>
/// <param name="Failure">Why there is no whole answer with status 200, or None.</param>
internal sealed record AllinpayReply(Transcript Transcript, ReadOnlyMemory<byte> Body, ProviderError Failure);

/// <summary>Shapes of the fields that requests carry (tables 3.1, 3.3, 3.5 and 3.7).</summary>
internal static class AllinpayShape
{
    private static readonly SearchValues<char> NumberChars =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>Merchant number: digits, at most 30.</summary>
    public static bool IsMerchant(string text) => text.Length is > 0 and <= 30 && text.All(char.IsAsciiDigit);

    /// <summary>Order or refund number: letters, digits, - and _, at most 50.</summary>
    public static bool IsNumber(string text) =>
        text.Length is > 0 and <= 50 && !text.AsSpan().ContainsAnyExcept(NumberChars);

    /// <summary>An amount that fits the ten digits of the document and is more than nothing.</summary>
    public static bool IsAmount(Money money) => money.Minor is > 0 and <= 9_999_999_999;

    /// <summary>Reads an amount of at most ten ASCII digits in minor units.</summary>
    public static bool TryReadAmount(string text, Currency currency, out Money money)
    {
        money = default;
        return text.Length <= 10 && Money.TryParseMinor(text, currency, out money);
    }
}

/// <summary>Signs calls, hands them to the only sender and says why there is no usable answer.</summary>
internal sealed class AllinpayMessages(ProviderHttp http, TimeProvider time)
{
    private const string FormType = "application/x-www-form-urlencoded";

    /// <summary>The clock of times sent and certificates checked.</summary>
    public TimeProvider Time => time;

    /// <summary>
    /// Signs and sends. Nothing leaves when the MD5 key is missing or the answer could not be verified anyway.
    /// </summary>
    public async Task<AllinpayReply> SendAsync(
        ProviderAccount account, AllinpayCall call, ProviderKeys keys, SendPermit permit, CancellationToken cancel)
    {
        if (keys.SharedSecret is not { } key)
        {
            return Unsent(account, call, ProviderError.KeyMissing, "No MD5 key is configured.");
        }

        using (var verifier = AllinpayVerifier.Open(call.AnswerMode, keys, time.GetUtcNow(), out var why))
        {
            if (verifier is null)
            {
                return Unsent(account, call, ProviderError.KeyMissing, why);
            }
        }

        var signature = AllinpaySigning.Sign(call.SignedAs, call.Fields, key);
        var body = AllinpayForm.Write([.. call.Fields, new("signMsg", signature)]);
        var request = new ProviderRequest(call.Interface, Address(account, call), body, FormType, Show(call));
        var exchange = await http.SendAsync(account, request, permit, cancel);
        return new(exchange.Transcript, exchange.Body, exchange.Failure);
    }

    /// <summary>The reply of a call that is refused before anything is sent.</summary>
    public AllinpayReply Unsent(ProviderAccount account, AllinpayCall call, ProviderError error, string why) =>
        new(
            Transcript.Unsent(call.Interface, Address(account, call), time.GetUtcNow(), error, Show(call), why),
            ReadOnlyMemory<byte>.Empty,
            error);

    private static Uri Address(ProviderAccount account, AllinpayCall call) => new(account.BaseAddress, call.Path);

    private static string Show(AllinpayCall call) =>
        string.Join('\n', call.Fields.Where(f => f.Value.Length > 0).Select(f => $"{f.Name}={f.Value}"));
}
