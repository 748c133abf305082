using System.Text;
using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Payments.Providers.Allinpay;
using MerchantPortal.Payments.Signatures;
using MerchantPortal.Payments.Tests.Vectors;

namespace MerchantPortal.Payments.Tests.Allinpay;

/// <summary>Everything that was published with a signature comes out right, as text and as message.</summary>
public sealed class AllinpayVectorTests
{
    public static TheoryData<Vector> All() => [.. Vector.Load("allinpay")];

    [Theory]
    [MemberData(nameof(All))]
    public void A_published_signature_is_reproduced_or_verified(Vector vector)
    {
        using var key = KeyOf(vector);
        var (@interface, message) = MessageOf(vector);
        var texts = new AllinpaySigning().Read(@interface, message, key.Kind, new())
            .ShouldBeOfType<TextReading.Readable>().Texts;

        var verdict = MessageSignature.Verify(texts, vector.Expected, key);

        verdict.Valid.ShouldBeTrue(verdict.Why);
        verdict.Text.Text.ShouldBe(vector.Input);
        verdict.Text.Algorithm.Word.ShouldBe(vector.Algorithm.Replace("rsa-verify", "rsa", StringComparison.Ordinal));
        texts.Warnings.ShouldBeEmpty();
        if (key.Kind != SignatureKeyKind.Rsa)
        {
            MessageSignature.Sign(texts, key).ShouldBe(vector.Expected);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_published_signature_fits_no_other_text(Vector vector)
    {
        using var key = KeyOf(vector);
        var (@interface, message) = MessageOf(vector);
        var changed = message.Replace("1", "3", StringComparison.Ordinal);
        var texts = new AllinpaySigning().Read(@interface, changed, key.Kind, new())
            .ShouldBeOfType<TextReading.Readable>().Texts;

        MessageSignature.Verify(texts, vector.Expected, key).Valid.ShouldBeFalse();
    }

    [Theory]
    [InlineData("v18", SignatureMode.Md5, "201803151649092687", 15, 8, 49, 27)]
    [InlineData("v21", SignatureMode.Rsa, "201803161510323022", 16, 7, 10, 56)]
    public void A_published_notification_is_genuine(
        string id, SignatureMode mode, string number, int day, int hour, int minute, int second)
    {
        using var bench = new AllinpayBench(mode);
        var vector = Vector.Load("allinpay").Single(v => v.Id == id);
        var body = vector.Input.Replace(":", "%3A", StringComparison.Ordinal)
            + "&signMsg=" + Uri.EscapeDataString(vector.Expected);
        bench.Keys = KeysOf(vector, mode);

        var verdict = bench.Provider.Notifications!.Read(bench.Account, Message(body), bench.Keys);

        var genuine = verdict.ShouldBeOfType<NotificationVerdict.Genuine>();
        genuine.SemanticKey.ShouldBe(number + "|1|1");
        genuine.Facts.ProviderNumber.ShouldBe(number);
        genuine.Facts.Amount.ShouldBe(new Money(1, AllinpayBench.Cny));
        genuine.Facts.Paid.ShouldBe(new Money(1, AllinpayBench.Cny));
        genuine.Facts.PaidAt.ShouldBe(new DateTimeOffset(2018, 3, day, hour, minute, second, TimeSpan.Zero));
        genuine.Facts.Event.ShouldBe(OrderEvent.PaymentSucceeded);
    }

    [Theory]
    [InlineData("v19", SignatureMode.Md5, "NO20141128151700", "2014")]
    [InlineData("v23", SignatureMode.Rsa, "NO20141128151700", "2014")]
    [InlineData("v24", SignatureMode.Rsa, "NO20150115093032", "1234")]
    public async Task A_published_refund_query_answer_tells_the_refund(
        string id, SignatureMode mode, string order, string refundNumber)
    {
        using var bench = new AllinpayBench(mode);
        var vector = Vector.Load("allinpay").Single(v => v.Id == id);
        bench.Keys = KeysOf(vector, mode);
        bench.Answer(vector.Input.TrimEnd() + "\r\n" + vector.Expected);
        var refund = new RefundRequest
        {
            RefundNumber = refundNumber,
            Order = new(order, bench.Clock.GetUtcNow(), null),
            OrderAmount = new(1, AllinpayBench.Cny),
            Amount = new(1, AllinpayBench.Cny),
            RequestedAt = bench.Clock.GetUtcNow(),
        };

        var answer = await bench.Provider.Refunds!.QueryAsync(
            bench.Account, refund, bench.Keys, CancellationToken.None);

        var told = answer.ShouldBeOfType<QueryAnswer<RefundFacts>.Told>();
        told.Facts.State.ShouldBe(RefundState.InProviderReview);
        told.Facts.RawState.ShouldBe("TKSUCC0002");
        told.Facts.RefundNumber.ShouldBe(refundNumber);
    }

    private static InboundMessage Message(string body) => new(
        Encoding.ASCII.GetBytes(body), "application/x-www-form-urlencoded", new Dictionary<string, string>(), "");

    private static ProviderKeys KeysOf(Vector vector, SignatureMode mode) => new()
    {
        Version = 1,
        SharedSecret = new(Encoding.ASCII.GetBytes(AllinpayBench.Secret)),
        ProviderPublic = mode == SignatureMode.Rsa ? Convert.FromBase64String(vector.Key!) : null,
    };

    private static SignatureKey KeyOf(Vector vector)
    {
        if (vector.Key is null)
        {
            return SignatureKey.None;
        }

        var read = vector.Algorithm.StartsWith("rsa", StringComparison.Ordinal)
            ? SignatureKey.TryReadPublic(Encoding.ASCII.GetBytes(vector.Key), out var key, out var why)
            : SignatureKey.TryReadShared(Encoding.ASCII.GetBytes(vector.Key), out key, out why);
        read.ShouldBeTrue(why);
        return key!;
    }

    private static (string Interface, string Message) MessageOf(Vector vector) => vector.Id switch
    {
        "v15" or "v16" => ("pay-data", AllinpaySigningTests.Json(vector.Input)),
        "v18" or "v21" => ("notification", AllinpaySigningTests.Json(vector.Input)),
        "v20" => ("ext1", AllinpaySigningTests.SampleCard),
        _ => ("refund-query-answer", vector.Input),
    };
}
