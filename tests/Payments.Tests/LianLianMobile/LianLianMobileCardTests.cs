using System.Globalization;
using System.Text;
using System.Text.Json;
using MerchantPortal.Payments.Providers;

namespace MerchantPortal.Payments.Tests.LianLianMobile;

public sealed class LianLianMobileCardTests
{
    private const string Number = "6222020111122220007";

    private static readonly CardUnbindRequest Unbind = new("1234567", "2014031710002121");

    private static readonly Dictionary<string, string> Bin = new()
    {
        ["ret_code"] = "0000",
        ["ret_msg"] = "交易成功",
        ["card_no"] = Number,
        ["bank_code"] = "01020000",
        ["bank_name"] = "工商银行",
        ["card_type"] = "2",
    };

    public static TheoryData<string> Wrong => WrongReplies.Names;

    [Theory]
    [InlineData("2", CardKind.Debit)]
    [InlineData("3", CardKind.Credit)]
    public async Task A_cards_bank_is_told_and_its_number_stays_nowhere(string type, CardKind kind)
    {
        using var bench = new LianLianMobileBench(SignatureMode.Rsa);
        bench.AnswerSigned(LianLianMobileBench.With(Bin, "card_type", type));

        var told = (await BankAsync(bench)).ShouldBeOfType<QueryAnswer<CardBinFacts>.Told>();

        told.Facts.ShouldBe(new("01020000", "工商银行", kind));
        bench.Requests[0].ShouldContain(Number);
        bench.IsSignedByShop(bench.Requests[0]).ShouldBeTrue();
        told.Transcript.ShownRequest.ShouldContain("card_no=***************0007");
        told.Transcript.ToString().ShouldNotContain(Number[..8]);
        told.ToString().ShouldNotContain(Number);
    }

    [Theory]
    [InlineData("card_no", "6222020111122220008")]
    [InlineData("card_no", "622202******0007")]
    [InlineData("card_no", null)]
    [InlineData("card_type", "1")]
    [InlineData("card_type", null)]
    [InlineData("bank_code", "0102")]
    [InlineData("bank_name", null)]
    public async Task A_bank_is_only_told_of_the_card_that_was_asked_about(string name, string? value)
    {
        using var bench = new LianLianMobileBench();
        bench.AnswerSigned(LianLianMobileBench.With(Bin, name, value));

        (await BankAsync(bench)).ShouldBeOfType<QueryAnswer<CardBinFacts>.NoAnswer>();
    }

    [Theory]
    [InlineData("")]
    [InlineData("62220201111222")]
    [InlineData("62220201111222200071")]
    [InlineData("622202011112222000A")]
    [InlineData("62220201111222 20007")]
    public async Task What_is_no_card_number_is_not_sent_and_not_shown(string number)
    {
        using var bench = new LianLianMobileBench();
        using var secret = new SecretBytes(Encoding.ASCII.GetBytes(number));

        var answer = await bench.Provider.Cards!.FindBankAsync(
            bench.Account, secret, bench.Keys, CancellationToken.None);

        answer.ShouldBeOfType<QueryAnswer<CardBinFacts>.NoAnswer>().Error.ShouldBe(ProviderError.InvalidRequest);
        answer.Transcript.ToString().ShouldNotContain("622202");
        bench.Requests.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_wrong_reply_names_no_bank_no_card_and_no_end(string reply)
    {
        using var bench = new LianLianMobileBench(SignatureMode.Rsa);
        WrongReplies.Write(bench, reply, Bin);
        (await BankAsync(bench)).ShouldBeOfType<QueryAnswer<CardBinFacts>.NoAnswer>();

        WrongReplies.Write(bench, reply, new() { ["ret_code"] = "0000", ["user_id"] = "1234567", ["count"] = "0" });
        (await ListAsync(bench)).ShouldBeOfType<QueryAnswer<SignedCardPage>.NoAnswer>();

        WrongReplies.Write(bench, reply, new() { ["ret_code"] = "0000", ["ret_msg"] = "交易成功" });
        (await UnbindAsync(bench)).ShouldBeOfType<ProviderOutcome.Unknown>();
    }

    [Fact]
    public async Task The_current_names_of_the_interfaces_are_settings()
    {
        using var bench = new LianLianMobileBench();
        bench.AnswerSigned(Bin);
        await BankAsync(bench);
        await ListAsync(bench);
        bench.Account = bench.Account with
        {
            Settings = new Dictionary<string, string>
            {
                ["card-bin-path"] = "bankcardbin.htm",
                ["card-list-path"] = "bankcardbindlist.htm",
                ["platform"] = "shop.example",
            },
        };
        await BankAsync(bench);
        await ListAsync(bench);
        await UnbindAsync(bench);

        bench.Addresses.Select(address => address.AbsolutePath).ShouldBe(
        [
            "/queryapi/bankcardquery.htm", "/queryapi/userbankcard.htm", "/queryapi/bankcardbin.htm",
            "/queryapi/bankcardbindlist.htm", "/traderapi/bankcardunbind.htm",
        ]);
        bench.Requests[3].ShouldContain("\"platform\":\"shop.example\"");
        bench.Requests[1].ShouldNotContain("platform");
    }

    [Fact]
    public async Task Signed_cards_come_page_by_page_by_their_signed_count()
    {
        using var bench = new LianLianMobileBench(SignatureMode.Rsa);
        bench.Answer(List(bench, 3, Card("1"), Card("2")));

        var first = (await ListAsync(bench)).ShouldBeOfType<QueryAnswer<SignedCardPage>.Told>().Facts;
        bench.Answer(List(bench, 3, Card("3")));
        var last = (await ListAsync(bench, first.NextOffset!.Value))
            .ShouldBeOfType<QueryAnswer<SignedCardPage>.Told>().Facts;

        first.Cards.ShouldBe([Facts("1"), Facts("2")]);
        first.Authenticated.ShouldBeFalse();
        first.NextOffset.ShouldBe(2);
        last.Cards.ShouldBe([Facts("3")]);
        last.NextOffset.ShouldBeNull();
        var sent = JsonSerializer.Deserialize<Dictionary<string, string>>(bench.Requests[1])!;
        sent["offset"].ShouldBe("2");
        sent["user_id"].ShouldBe("1234567");
        bench.IsSignedByShop(bench.Requests[1]).ShouldBeTrue();
    }

    [Fact]
    public async Task A_signed_count_of_nothing_is_LianLians_word()
    {
        using var bench = new LianLianMobileBench();
        bench.Answer(List(bench, 0));

        var page = (await ListAsync(bench)).ShouldBeOfType<QueryAnswer<SignedCardPage>.Told>().Facts;

        page.Authenticated.ShouldBeTrue();
        page.Cards.ShouldBeEmpty();
        page.NextOffset.ShouldBeNull();
    }

    [Fact]
    public async Task A_signed_no_record_is_an_empty_list_only_when_it_names_the_payer()
    {
        using var bench = new LianLianMobileBench(SignatureMode.Rsa);
        Dictionary<string, string> none = new() { ["ret_code"] = "8901", ["ret_msg"] = "没有记录" };
        bench.AnswerSigned(none);
        (await ListAsync(bench)).ShouldBeOfType<QueryAnswer<SignedCardPage>.NotFound>();
        bench.AnswerSigned(LianLianMobileBench.With(none, "user_id", "7654321"));
        (await ListAsync(bench)).ShouldBeOfType<QueryAnswer<SignedCardPage>.NoAnswer>();
        bench.AnswerSigned(LianLianMobileBench.With(none, "user_id", "1234567"));

        var page = (await ListAsync(bench)).ShouldBeOfType<QueryAnswer<SignedCardPage>.Told>().Facts;

        page.Cards.ShouldBeEmpty();
        page.Authenticated.ShouldBeTrue();
    }

    [Fact]
    public async Task Where_count_means_the_page_only_an_empty_page_ends_the_list()
    {
        using var bench = new LianLianMobileBench();
        bench.Answer(List(bench, 1, Card("9")));

        (await ListAsync(bench, 4)).ShouldBeOfType<QueryAnswer<SignedCardPage>.Told>().Facts.NextOffset.ShouldBe(5);
        bench.Answer(List(bench, 0));
        (await ListAsync(bench, 5)).ShouldBeOfType<QueryAnswer<SignedCardPage>.Told>().Facts.NextOffset.ShouldBeNull();
    }

    [Fact]
    public async Task A_list_that_contradicts_its_count_or_its_form_is_no_answer()
    {
        using var bench = new LianLianMobileBench();
        string[] wrong =
        [
            List(bench, 2),
            List(bench, 1, Card("1"), Card("2")),
            List(bench, 2, Card("1"), Card("1")),
            List(bench, 1, "\"x\""),
            List(bench, 1, """{"card_no":"1234"}"""),
            List(bench, 1, """{"no_agree":"1&2","card_no":"1234"}"""),
            List(bench, 1, """{"no_agree":"1","card_no":"12"}"""),
            List(bench, 1, """{"no_agree":"1","card_no":"1234","bank_name":"<b>&</b>"}"""),
            List(bench, -1),
            List(bench, 1, Card("1")).Replace("1234567", "1234568", StringComparison.Ordinal),
            List(bench, 1, Card("1")).Replace("[", "{\"a\":[", StringComparison.Ordinal)
                .Replace("]", "]}", StringComparison.Ordinal),
        ];
        foreach (var body in wrong)
        {
            bench.Answer(body);
            (await ListAsync(bench)).ShouldBeOfType<QueryAnswer<SignedCardPage>.NoAnswer>(body);
        }
    }

    [Fact]
    public async Task A_full_card_number_in_a_list_is_cut_to_its_last_four_and_phones_are_masked()
    {
        using var bench = new LianLianMobileBench();
        bench.Answer(List(
            bench, 1, $$"""{"no_agree":"1","card_no":"{{Number}}","card_type":"3","bind_mobile":"13958069593"}"""));

        var answer = (await ListAsync(bench)).ShouldBeOfType<QueryAnswer<SignedCardPage>.Told>();

        answer.Facts.Cards.ShouldHaveSingleItem().ShouldBe(new("1", "0007", "", "", CardKind.Credit, "139******93"));
        answer.Transcript.ShownAnswer.ShouldNotContain("6222");
        answer.Transcript.ShownAnswer.ShouldNotContain("139");
    }

    [Fact]
    public async Task The_published_answer_with_signed_cards_verifies()
    {
        var vector = Vectors.Vector.Load("lianlian-mobile").Single(v => v.Id == "v10");
        using var bench = new LianLianMobileBench(SignatureMode.Rsa);
        using var keys = new ProviderKeys
        {
            Version = 1,
            SigningPrivate = new(bench.Keys.SigningPrivate!.Span),
            ProviderPublic = Convert.FromBase64String(vector.Key!),
        };
        var members = vector.Input.Split('&').Select(piece => piece.Split('=', 2)).ToDictionary(p => p[0], p => p[1]);
        bench.Answer(LianLianMobileBench.Json(LianLianMobileBench.With(members, "sign", vector.Expected))[..^1]
            + $",\"agreement_list\":[{Card("1")}]}}");

        var answer = await bench.Provider.Cards!.ListAsync(
            bench.Account, "uid0001", 0, keys, CancellationToken.None);

        answer.ShouldBeOfType<QueryAnswer<SignedCardPage>.Told>().Facts.Cards.ShouldBe([Facts("1")]);
    }

    [Theory]
    [InlineData("0000", typeof(ProviderOutcome.Accepted))]
    [InlineData("3004", typeof(ProviderOutcome.Refused))]
    [InlineData("4000", typeof(ProviderOutcome.Refused))]
    [InlineData("9999", typeof(ProviderOutcome.Unknown))]
    [InlineData("8901", typeof(ProviderOutcome.Unknown))]
    [InlineData("9902", typeof(ProviderOutcome.Unknown))]
    [InlineData("1234", typeof(ProviderOutcome.Unknown))]
    public async Task An_unbinding_is_accepted_until_the_list_shows_it_and_refused_by_two_codes_only(
        string code, Type outcome)
    {
        using var bench = new LianLianMobileBench(SignatureMode.Rsa);
        bench.AnswerSigned(new() { ["ret_code"] = code, ["ret_msg"] = "x" });
        (await UnbindAsync(bench)).ShouldBeOfType(outcome);
        bench.IsSignedByShop(bench.Requests[0]).ShouldBeTrue();
        bench.Requests[0].ShouldContain("\"no_agree\":\"2014031710002121\"");

        bench.Answer($$"""{"ret_code":"{{code}}","ret_msg":"x"}""");
        (await UnbindAsync(bench)).ShouldBeOfType<ProviderOutcome.Unknown>();
    }

    [Fact]
    public async Task An_unbinding_that_never_left_is_not_sent()
    {
        using var bench = new LianLianMobileBench();
        bench.RefuseConnection();
        var outcome = await UnbindAsync(bench);

        outcome.ShouldBeOfType<ProviderOutcome.NotSent>();
        outcome.Transcript.ShownRequest.ShouldNotContain("1234567");
        outcome.Transcript.ShownRequest.ShouldNotContain("2014031710002121");
        bench.Provider.Cards!.ResendSafe.ShouldBeTrue();
    }

    private static string List(LianLianMobileBench bench, int count, params string[] cards) => bench.Signed(new()
    {
        ["ret_code"] = "0000",
        ["ret_msg"] = "交易成功",
        ["user_id"] = "1234567",
        ["count"] = count.ToString(CultureInfo.InvariantCulture),
    })[..^1] + (cards.Length == 0 && count == 0 ? "}" : $",\"agreement_list\":[{string.Join(',', cards)}]}}");

    private static string Card(string agreement) => $$"""
        {"no_agree":"{{agreement}}","card_no":"6789","bank_code":"01020000","bank_name":"工商银行","card_type":"2",
         "bind_mobile":"13958069593"}
        """;

    private static SignedCard Facts(string agreement) =>
        new(agreement, "6789", "01020000", "工商银行", CardKind.Debit, "139******93");

    private static async Task<QueryAnswer<CardBinFacts>> BankAsync(LianLianMobileBench bench)
    {
        using var secret = new SecretBytes(Encoding.ASCII.GetBytes(Number));
        return await bench.Provider.Cards!.FindBankAsync(bench.Account, secret, bench.Keys, CancellationToken.None);
    }

    private static Task<QueryAnswer<SignedCardPage>> ListAsync(LianLianMobileBench bench, int offset = 0) =>
        bench.Provider.Cards!.ListAsync(bench.Account, "1234567", offset, bench.Keys, CancellationToken.None);

    private static Task<ProviderOutcome> UnbindAsync(LianLianMobileBench bench) => bench.Provider.Cards!.UnbindAsync(
        bench.Account, Unbind, bench.Keys, bench.Permit(), CancellationToken.None);
}
