using System.Security.Cryptography;
using System.Text;
using Bunit;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Payments.Signatures;
using MerchantPortal.Portal.Features.Signatures;
using MerchantPortal.Portal.Shell;
using MerchantPortal.Portal.Tests.Ui;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Portal.Tests.Pages.Signatures;

public sealed class SignatureBenchTests : UiContext
{
    private const string Message =
        """{"orderNo":"NO1","merchantId":"M1","signType":"0","language":"","signMsg":"00","zeta":"9"}""";

    private const string Canonical = "merchantId=M1&signType=0&orderNo=NO1&zeta=9";

    private static readonly ProviderCatalog Catalog =
        Providers.Catalog(ProviderHttp.Create(TimeProvider.System), TimeProvider.System);

    public SignatureBenchTests() => Services.AddSingleton(Catalog);

    public static TheoryData<string, string> Interfaces()
    {
        TheoryData<string, string> all = [];
        foreach (var provider in Catalog.All)
        {
            foreach (var name in provider.Signing.Interfaces)
            {
                all.Add(provider.Descriptor.Key, name);
            }
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(Interfaces))]
    public void Every_interface_says_what_it_is_signed_with(string provider, string name)
    {
        var rules = BenchRules.Find(Catalog, provider, name);
        (rules.Provider.Descriptor.Key, rules.Interface).ShouldBe((provider, name));
        rules.Kinds.ShouldNotBeEmpty();
        rules.Kinds.Contains(SignatureKeyKind.None).ShouldBe(name == "ext1");
        rules.HasChoices.ShouldBe(provider == "bgcpay");
    }

    [Fact]
    public void A_message_builds_up_step_by_step()
    {
        var page = Open("allinpay", "notification");
        page.Find(".empty");
        Fill(page, "#sig-message", Message);

        page.FindAll(".sig-parts li").Select(part => part.TextContent)
            .ShouldBe(["merchantId=M1", "signType=0", "orderNo=NO1", "zeta=9"]);
        var steps = page.FindAll(".sig-steps > li").Select(step => step.TextContent.Trim()).ToArray();
        steps[0].ShouldBe("6 members read");
        steps.ShouldContain("Empty, left out: language");
        steps.ShouldContain("The signature itself is left out: signMsg");
        steps.ShouldContain(step => step.Contains("zeta is not in the document"));
        page.Find(".sig-text .s").TextContent.ShouldBe(Canonical);
        page.Find(".sig-facts").TextContent.ShouldContain($"{Canonical.Length} UTF-8");
    }

    [Fact]
    public void A_signature_is_checked_with_a_typed_key_and_compared_with_what_was_expected()
    {
        var page = Open("allinpay", "notification");
        var signature = Convert.ToHexString(MD5.HashData(Encoding.UTF8.GetBytes(Canonical + "&key=1234567890")));
        Fill(page, "#sig-message", Message);
        Fill(page, "#sig-signature", signature);
        page.FindAll(".note").ShouldBeEmpty();
        Fill(page, "#sig-key", "1234567890");
        page.Find(".note.done").TextContent.ShouldContain("The signature is valid.");
        page.Find(".sig-facts").TextContent.ShouldContain(signature);
        page.Markup.ShouldNotContain("1234567890");

        Fill(page, "#sig-message", Message.Replace("NO1", "NO2", StringComparison.Ordinal));
        page.Find(".note.fail").TextContent.ShouldContain("does not fit");
        Fill(page, "#sig-expected", Canonical);
        page.FindAll(".sig-cmp mark").Select(mark => mark.TextContent).ShouldBe(["2", "1"]);
        page.Find(".sig-cmp").ParentElement!.TextContent.ShouldContain("in part 3 orderNo");
    }

    [Fact]
    public void A_text_of_lines_shows_its_line_ends_and_the_variant_that_fits()
    {
        const string line = "v2.4|0|M1|NO1|1|20141128031757|1|TKSUCC0002|20141128151433";
        var page = Open("allinpay", "refund-query-answer");
        Fill(page, "#sig-message", line);
        page.FindAll(".sig-end").ShouldBeEmpty();
        Fill(page, "#sig-key", "1234567890");
        Fill(
            page,
            "#sig-signature",
            Convert.ToHexString(MD5.HashData(Encoding.UTF8.GetBytes(line + "\r\n|1234567890"))));
        page.Find(".note.done").TextContent.ShouldContain("final line end");
        page.Find(".sig-end").TextContent.ShouldBe("CR LF");
        page.FindAll(".sig-out table .tag.done").Count.ShouldBe(1);
    }

    [Fact]
    public void The_source_of_a_card_digest_is_never_shown()
    {
        var page = Open("allinpay", "ext1");
        page.FindAll("#sig-key, #sig-expected").ShouldBeEmpty();
        Fill(page, "#sig-message", """{"ship_to_country":"US","cvv2":"737","bill_zip":"22222","bill_city":""}""");
        var shown = page.Find(".sig-out").TextContent;
        shown.ShouldContain("ship_to_country, cvv2, bill_zip");
        shown.ShouldContain(Convert.ToHexString(MD5.HashData("US73722222"u8)));
        shown.ShouldNotContain("737");
        shown.ShouldNotContain("22222");
    }

    [Theory]
    [InlineData("""{"orderNo":"NO1","orderNo":"NO2"}""", "twice")]
    [InlineData("""{"orderNo":"NO1&payType=0"}""", "orderNo")]
    [InlineData("orderNo", "not JSON")]
    public void An_unusable_message_says_why_and_shows_no_text(string message, string why)
    {
        var page = Open("allinpay", "notification");
        Fill(page, "#sig-message", message);
        page.Find(".sig-steps li.fail").TextContent.ShouldContain(why);
        page.FindAll(".sig-text").ShouldBeEmpty();
    }

    [Fact]
    public void A_private_key_is_not_taken_and_its_field_is_emptied()
    {
        var page = Open("allinpay", "notification", "rsa");
        Fill(page, "#sig-message", Message.Replace("\"0\"", "\"1\"", StringComparison.Ordinal));
        Fill(page, "#sig-key", TestKeys.ProviderKey.ExportPkcs8PrivateKeyPem());
        page.Find("#sig-key-error").TextContent.ShouldContain("private key");
        page.Markup.ShouldNotContain("BEGIN");

        Fill(page, "#sig-key", TestKeys.CertificatePem);
        page.FindAll("#sig-key-error").ShouldBeEmpty();
        var source = Canonical.Replace("=0", "=1", StringComparison.Ordinal);
        Fill(page, "#sig-signature", Convert.ToBase64String(TestKeys.ProviderKey.SignData(
            Encoding.UTF8.GetBytes(source), HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1)));
        page.Find(".note.done");
    }

    [Fact]
    public void Choices_stand_in_the_address_and_what_was_pasted_does_not()
    {
        var page = Open("bgcpay", "request");
        Fill(page, "#sig-message", """{"app_id":"A1","sign_type":"MD5"}""");
        page.Find(".sig-steps").TextContent.ShouldContain("md5:raw-append:lower");
        page.FindAll(".seg button").Single(button => button.TextContent == "&key= before it").Click();
        page.FindAll(".seg button").Single(button => button.TextContent == "Upper case").Click();
        var address = Services.GetRequiredService<NavigationManager>().ToBaseRelativePath(
            Services.GetRequiredService<NavigationManager>().Uri);
        address.ShouldBe("signatures?provider=bgcpay&interface=request&placement=amp-key&hex=upper");
        page.Find(".sig-steps").TextContent.ShouldContain("md5:amp-key:upper");
    }

    [Fact]
    public void Clearing_forgets_everything()
    {
        var page = Open("allinpay", "notification");
        page.Find("form .btn").HasAttribute("disabled").ShouldBeTrue();
        Fill(page, "#sig-message", Message);
        Fill(page, "#sig-key", "1234567890");
        page.Find("form .btn").Click();
        page.Find(".empty");
        page.Find("#sig-message").GetAttribute("value").ShouldBeNullOrEmpty();
        page.Find("form .btn").HasAttribute("disabled").ShouldBeTrue();
    }

    private static void Fill(IRenderedComponent<SignatureBench> page, string field, string text) =>
        page.Find(field).Input(text);

    private IRenderedComponent<SignatureBench> Open(string provider, string name, string? key = null)
    {
        Services.GetRequiredService<NavigationManager>()
            .NavigateTo(PortalUrls.SignatureBench(provider, name, key));
        return Render<SignatureBench>();
    }
}
