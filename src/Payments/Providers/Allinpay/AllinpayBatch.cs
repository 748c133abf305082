using System.Globalization;
using System.Text;
using MerchantPortal.Payments.Amounts;
using Answer = MerchantPortal.Payments.Providers.QueryAnswer<MerchantPortal.Payments.Providers.OrderPage>;

namespace MerchantPortal.Payments.Providers.Allinpay;

/// <summary>
/// Batch query v1.6 (sections 3.3 and 3.4): the paid orders of the current day, at most 500 a page and 99 pages,
/// always signed with the certificate whatever the account's mode is.
/// </summary>
internal sealed class AllinpayBatch(AllinpayMessages messages, AllinpayOptions options) : IStatements
{
    private const int PageSize = 500;
    private const int MaxPage = 99;
    private const int FieldCount = 10;

    public async Task<QueryAnswer<OrderPage>> ReadPageAsync(
        ProviderAccount account, DateTime from, DateTime until, int page, ProviderKeys keys, CancellationToken cancel)
    {
        var call = new AllinpayCall(
            $"allinpay batch query {options.BatchVersion}", "batch-query", options.BatchPath,
            [
                new("version", options.BatchVersion),
                new("merchantId", account.MerchantId),
                new("beginDateTime", from.ToString("yyyyMMddHH", CultureInfo.InvariantCulture)),
                new("endDateTime", until.ToString("yyyyMMddHH", CultureInfo.InvariantCulture)),
                new("pageNo", page.ToString(CultureInfo.InvariantCulture)),
                new("signType", "1"),
            ],
            SignatureMode.Rsa);
        var sound = AllinpayShape.IsMerchant(account.MerchantId) && from.Date == until.Date && from <= until
            && page is >= 1 and <= MaxPage;
        var reply = sound
            ? await messages.SendAsync(account, call, keys, SendPermit.ForQuestions(messages.Time), cancel)
            : messages.Unsent(account, call, ProviderError.InvalidRequest, "only hours of one day and pages 1 to 99");
        return reply.Failure == ProviderError.None
            ? Read(reply, account, page, keys)
            : new Answer.NoAnswer(reply.Transcript, reply.Failure);
    }

    private Answer Read(AllinpayReply reply, ProviderAccount account, int page, ProviderKeys keys)
    {
        var body = Decode(reply.Body.Span);
        if (AllinpayErrorAnswer.Code(body) is { } code)
        {
            var told = reply.Transcript with { ShownAnswer = AllinpayErrorAnswer.Show(body) };
            return new Answer.NoAnswer(told, AllinpayErrorAnswer.Meaning(code)) { ProviderCode = "ERRORCODE " + code };
        }

        if (!AllinpayLines.TryRead(body, out var lines))
        {
            var shown = $"({reply.Body.Length} bytes, not of the documented shape)";
            return new Answer.NoAnswer(reply.Transcript with { ShownAnswer = shown }, ProviderError.AnswerUnreadable);
        }

        var transcript = reply.Transcript with { ShownAnswer = Show(lines) };
        using var verifier = AllinpayVerifier.Open(SignatureMode.Rsa, keys, messages.Time.GetUtcNow(), out _);
        if (verifier is null)
        {
            return new Answer.NoAnswer(transcript, ProviderError.KeyMissing);
        }

        if (lines.Signature.Length is 0 or > 1024 || !verifier.Lines(AllinpayLineTexts.Batch, lines))
        {
            return new Answer.NoAnswer(transcript, ProviderError.AnswerSignatureWrong);
        }

        var error = ReadPage(lines, account, page, out var orders);
        return error == ProviderError.None
            ? new Answer.Told(transcript, orders)
            : new Answer.NoAnswer(transcript, error);
    }

    private static ProviderError ReadPage(AllinpayLines lines, ProviderAccount account, int page, out OrderPage read)
    {
        read = new([], false);
        var summary = lines.Rows[0].Split('|');
        if (summary.Length != 4 || summary[3] is not ("Y" or "N")
            || !TryCount(summary[1], out var count) || !TryCount(summary[2], out var told)
            || count > PageSize || count != lines.Rows.Count - 1)
        {
            return ProviderError.AnswerUnreadable;
        }

        // Section 3.4: nothing found is "merchant|0|0|N", whatever page was asked for.
        var empty = count == 0 && told == 0 && summary[3] == "N";
        if (summary[0] != account.MerchantId || (told != page && !empty))
        {
            return ProviderError.AnswerMismatch;
        }

        var orders = new List<OrderFacts>(count);
        foreach (var row in lines.Rows.Skip(1).Select(line => line.Split('|')))
        {
            if (row.Length != FieldCount || !TryReadRow(row, account.Currencies[0], out var order))
            {
                return ProviderError.AnswerUnreadable;
            }

            if (order.MerchantId != account.MerchantId)
            {
                return ProviderError.AnswerMismatch;
            }

            orders.Add(order);
        }

        read = new(orders, summary[3] == "Y");
        return ProviderError.None;
    }

    private static bool TryReadRow(
        string[] row, Currency currency, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out OrderFacts? order)
    {
        order = null;
        if (row[1].Length is 0 or > 50 || row[2].Length is 0 or > 50 || row[9] is not ("0" or "1")
            || !AllinpayTime.TryRead(row[3], out var orderedAt)
            || !AllinpayShape.TryReadAmount(row[4], currency, out var amount)
            || !AllinpayTime.TryReadTimeOrDate(row[5], out var paidAt)
            || !AllinpayShape.TryReadAmount(row[6], currency, out var paid))
        {
            return false;
        }

        order = new OrderFacts
        {
            MerchantId = row[0],
            MerchantNumber = row[2],
            ProviderNumber = row[1],
            OrderedAt = orderedAt,
            Amount = amount,
            Paid = row[9] == "1" ? paid : null,
            PaidAt = row[9] == "1" ? paidAt : null,
            Event = AllinpayPayment.Meaning(row[9]),
            RawState = "payResult " + row[9],
        };
        return true;
    }

    private static bool TryCount(string text, out int count) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count) && text.Length <= 3;

    /// <summary>The text inside the Base64; an error that came without it stays as it is (decision 21).</summary>
    private static byte[] Decode(ReadOnlySpan<byte> body)
    {
        var text = Encoding.Latin1.GetString(body);
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : body.ToArray();
    }

    /// <summary>The rows as they may be shown: extension fields by length only.</summary>
    private static string Show(AllinpayLines lines) => string.Join('\n', lines.Rows.Select((row, number) => number == 0
        ? AllinpayLines.Show(row, 30, 3, 3, 1)
        : AllinpayLines.Show(row, 30, 50, 50, 14, 10, 14, 10, 0, 0, 1)));
}
