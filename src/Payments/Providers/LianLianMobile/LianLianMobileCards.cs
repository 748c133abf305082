using System.Globalization;
using System.Text;
using System.Text.Json;
using BinAnswer = MerchantPortal.Payments.Providers.QueryAnswer<MerchantPortal.Payments.Providers.CardBinFacts>;
using ListAnswer = MerchantPortal.Payments.Providers.QueryAnswer<MerchantPortal.Payments.Providers.SignedCardPage>;

namespace MerchantPortal.Payments.Providers.LianLianMobile;

/// <summary>
/// Card BIN query, signed cards and unbinding (sections 4.4 to 4.6). A full card number goes out and nowhere else.
/// </summary>
internal sealed class LianLianMobileCards(LianLianMobileMessages messages, LianLianMobileOptions options) : ICards
{
    private const int MostCards = 1000;

    private static readonly HashSet<string> DefiniteNo = ["3004", "4000"];

    /// <summary>Taking away what is already gone changes nothing; the list tells whether it is.</summary>
    public bool ResendSafe => true;

    public async Task<QueryAnswer<CardBinFacts>> FindBankAsync(
        ProviderAccount account, SecretBytes cardNumber, ProviderKeys keys, CancellationToken cancel)
    {
        var number = Encoding.ASCII.GetString(cardNumber.Span);
        var isCard = number.Length is >= 15 and <= 19 && number.All(char.IsAsciiDigit);
        var path = LianLianMobileOptions.Value(account, LianLianMobileOptions.CardBinPath);
        var call = new LianLianMobileCall(
            "lianlian-mobile card bin query",
            LianLianMobileOptions.Address(account, LianLianMobileOptions.QueryAddress, path),
            [new("card_no", isCard ? number : "")],
            LianLianMobileFields.CardBinAnswer)
        {
            Unsound = isCard ? "" : "a card number has 15 to 19 digits",
        };
        var reply = await messages.SendAsync(account, call, keys, SendPermit.ForQuestions(messages.Time), cancel);
        return reply.IsGenuine
            ? ReadBank(reply, number)
            : new BinAnswer.NoAnswer(reply.Transcript, reply.Failure) { ProviderCode = reply.Code };
    }

    public async Task<QueryAnswer<SignedCardPage>> ListAsync(
        ProviderAccount account, string payerId, int offset, ProviderKeys keys, CancellationToken cancel)
    {
        var path = LianLianMobileOptions.Value(account, LianLianMobileOptions.CardListPath);
        var call = new LianLianMobileCall(
            "lianlian-mobile signed cards",
            LianLianMobileOptions.Address(account, LianLianMobileOptions.QueryAddress, path),
            [
                new("user_id", payerId),
                new("platform", LianLianMobileOptions.Value(account, LianLianMobileOptions.Platform)),
                new("offset", offset.ToString(CultureInfo.InvariantCulture)),
            ],
            LianLianMobileFields.SignedCardsAnswer)
        {
            Unsound = !LianLianMobileText.IsNumber(payerId) ? "the payer's number is outside the document"
                : offset is < 0 or > MostCards ? "the offset is outside the document"
                : "",
        };
        var reply = await messages.SendAsync(account, call, keys, SendPermit.ForQuestions(messages.Time), cancel);
        return reply.IsGenuine
            ? ReadList(reply, payerId, offset)
            : new ListAnswer.NoAnswer(reply.Transcript, reply.Failure) { ProviderCode = reply.Code };
    }

    public async Task<ProviderOutcome> UnbindAsync(
        ProviderAccount account, CardUnbindRequest request, ProviderKeys keys, SendPermit permit,
        CancellationToken cancel)
    {
        var call = new LianLianMobileCall(
            "lianlian-mobile unbind",
            LianLianMobileOptions.Address(account, LianLianMobileOptions.TraderAddress, options.UnbindPath),
            [
                new("user_id", request.PayerId),
                new("platform", LianLianMobileOptions.Value(account, LianLianMobileOptions.Platform)),
                new("no_agree", request.AgreementNumber),
            ],
            LianLianMobileFields.Answer)
        {
            Unsound = LianLianMobileText.IsNumber(request.PayerId)
                && LianLianMobileText.IsNumber(request.AgreementNumber)
                ? ""
                : "a member is outside the document",
        };
        var stop = cancel.IsCancellationRequested ? cancel : CancellationToken.None;
        var reply = await messages.SendAsync(account, call, keys, permit, stop);
        if (LianLianMobileOutcome.Unread(reply) is { } unread)
        {
            return unread;
        }

        // The answer names neither payer nor card, so its success is a hint: the agreement's absence from the list of
        // signed cards settles it.
        var isOurs = LianLianMobileOutcome.Equal(reply.Answer!, "no_agree", request.AgreementNumber, false)
            && LianLianMobileOutcome.Equal(reply.Answer!, "user_id", request.PayerId, false);
        return reply.Code == LianLianMobileErrors.Success && isOurs
            ? new ProviderOutcome.Accepted(reply.Transcript) { ProviderCode = reply.Code }
            : LianLianMobileOutcome.Refusal(reply, DefiniteNo, isOurs);
    }

    private static BinAnswer ReadBank(LianLianMobileReply reply, string number)
    {
        var answer = reply.Answer!;
        if (reply.Code != LianLianMobileErrors.Success)
        {
            return LianLianMobileErrors.IsNotFound(reply.Code)
                ? new BinAnswer.NotFound(reply.Transcript) { ProviderCode = reply.Code }
                : new BinAnswer.NoAnswer(reply.Transcript, LianLianMobileErrors.Meaning(reply.Code))
                {
                    ProviderCode = reply.Code,
                };
        }

        return answer["card_no"] != number
                ? new BinAnswer.NoAnswer(reply.Transcript, ProviderError.AnswerMismatch)
            : Kind(answer["card_type"]) is { } kind && IsBank(answer["bank_code"]) && IsName(answer["bank_name"])
                ? new BinAnswer.Told(reply.Transcript, new(answer["bank_code"], answer["bank_name"], kind))
                {
                    ProviderCode = reply.Code,
                }
            : new BinAnswer.NoAnswer(reply.Transcript, ProviderError.AnswerUnreadable);
    }

    /// <summary>
    /// The list is not signed, but its count is: a page that holds fewer cards than it may, or none where there have
    /// to be some, is no answer. An empty list with a signed count of nothing is LianLian's word.
    /// </summary>
    private static ListAnswer ReadList(LianLianMobileReply reply, string payerId, int offset)
    {
        var answer = reply.Answer!;
        var isEmpty = LianLianMobileErrors.IsNotFound(reply.Code);
        if (reply.Code != LianLianMobileErrors.Success && !isEmpty)
        {
            return new ListAnswer.NoAnswer(reply.Transcript, LianLianMobileErrors.Meaning(reply.Code))
            {
                ProviderCode = reply.Code,
            };
        }

        if (!LianLianMobileOutcome.Equal(answer, "user_id", payerId, mustBeNamed: !isEmpty))
        {
            return new ListAnswer.NoAnswer(reply.Transcript, ProviderError.AnswerMismatch);
        }

        if (isEmpty)
        {
            // "No record" is about this payer only when the signed answer says so.
            var none = new SignedCardPage([], Authenticated: true, NextOffset: null);
            return answer["user_id"].Length > 0
                ? new ListAnswer.Told(reply.Transcript, none) { ProviderCode = reply.Code }
                : new ListAnswer.NotFound(reply.Transcript) { ProviderCode = reply.Code };
        }

        var raw = answer.Members.FirstOrDefault(member => member.Name == LianLianMobileFields.AgreementList).Value;
        if (!TryReadCount(answer["count"], out var count) || Cards(raw ?? "") is not { } cards
            || !Agrees(count, cards.Count, offset))
        {
            return new ListAnswer.NoAnswer(reply.Transcript, ProviderError.AnswerUnreadable);
        }

        // count is all cards of the payer or, read the other way, those of this page; then only an empty page ends it.
        var next = offset + cards.Count;
        var hasNext = next < count || (next > count && cards.Count > 0);
        var page = new SignedCardPage(cards, Authenticated: count == 0, hasNext ? next : null);
        return new ListAnswer.Told(reply.Transcript, page) { ProviderCode = reply.Code };
    }

    private static bool Agrees(int count, int cards, int offset) =>
        cards == count || (cards > 0 ? offset + cards <= count : offset >= count);

    private static List<SignedCard>? Cards(string raw)
    {
        if (raw.Length == 0)
        {
            return [];
        }

        // The whole answer was parsed strictly before, the list with it.
        using var json = JsonDocument.Parse(raw);
        if (json.RootElement.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var cards = json.RootElement.EnumerateArray().Select(Card).ToList();
        return cards.Contains(null) || cards.DistinctBy(card => card!.AgreementNumber).Count() < cards.Count
            ? null
            : [.. cards.Select(card => card!)];
    }

    private static SignedCard? Card(JsonElement row)
    {
        if (row.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var agreement = Text(row, "no_agree");
        var number = Text(row, "card_no");
        var bank = Text(row, "bank_code");
        var name = Text(row, "bank_name");
        var isSound = LianLianMobileText.IsNumber(agreement) && number.Length >= 4 && number.Length <= 19
            && number[^4..].All(char.IsAsciiDigit) && (bank.Length == 0 || IsBank(bank))
            && (name.Length == 0 || IsName(name));
        return isSound
            ? new(
                agreement, number[^4..], bank, name, Kind(Text(row, "card_type")),
                LianLianMobileShown.Phone(Text(row, "bind_mobile")))
            : null;
    }

    private static string Text(JsonElement row, string name) => !row.TryGetProperty(name, out var value) ? ""
        : value.ValueKind == JsonValueKind.String ? value.GetString()!
        : value.ValueKind == JsonValueKind.Number ? value.GetRawText()
        : "";

    private static bool TryReadCount(string text, out int count)
    {
        count = 0;
        return text.Length is > 0 and <= 8 && text.All(char.IsAsciiDigit)
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count <= MostCards;
    }

    private static bool IsBank(string text) => text.Length == 8 && text.All(char.IsAsciiDigit);

    private static bool IsName(string text) => text.Length is > 0 and <= 32 && LianLianMobileText.IsPlain(text);

    private static CardKind? Kind(string cardType) => cardType switch
    {
        "2" => CardKind.Debit,
        "3" => CardKind.Credit,
        _ => null,
    };
}
