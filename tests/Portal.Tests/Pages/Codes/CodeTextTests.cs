using System.Globalization;
using MerchantPortal.Payments.Codes;
using MerchantPortal.Portal.Features.Codes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace MerchantPortal.Portal.Tests.Pages;

public sealed class CodeTextTests
{
    [Fact]
    public void Every_code_has_a_name_a_plain_sentence_and_a_next_step() => Spoken.InEveryLanguage(services =>
    {
        var texts = services.GetRequiredService<IStringLocalizer<CodesTexts>>();
        foreach (var code in NormalisedCodes.All)
        {
            texts[$"name.{code.Code}"].ResourceNotFound.ShouldBeFalse();
            Sentence(texts[$"plain.{code.Code}"]);
            Sentence(texts[$"next.{CodeSteps.After(code).Key}"]);
        }
    });

    [Fact]
    public void Every_word_that_is_put_together_at_run_time_exists() => Spoken.Missing<CodesTexts>(
        [
            .. Enum.GetValues<CodeCategory>().Select(category => $"category.{category}"),
            .. Enum.GetValues<CodeActor>().Select(who => $"who.{who}"),
        ]).ShouldBeEmpty();

    [Theory]
    [InlineData("en")]
    [InlineData("zh-Hans")]
    public void A_name_is_the_words_of_the_table_but_where_those_would_call_for_repeating(string language) =>
        Spoken.InEveryLanguage(services =>
        {
            if (CultureInfo.CurrentUICulture.Name == language)
            {
                var texts = services.GetRequiredService<IStringLocalizer<CodesTexts>>();
                NormalisedCodes.All.Where(code =>
                        texts[$"name.{code.Code}"].Value != (language == "en" ? code.English : FullWidth(code.Chinese)))
                    .Select(code => code.Code).ShouldBe([100998]);
            }
        });

    [Fact]
    public void Traditional_texts_hold_no_simplified_letters() => Spoken.InEveryLanguage(services =>
    {
        if (CultureInfo.CurrentUICulture.Name == "zh-Hant")
        {
            var letters = services.GetRequiredService<IStringLocalizer<CodesTexts>>()
                .GetAllStrings(includeParentCultures: false).SelectMany(text => text.Value);
            letters.Intersect("与个为发关单卡号后过这请银账户码错误询渠额资验证")
                .Except("卡").ShouldBeEmpty();
        }
    });

    [Fact]
    public void What_leaves_the_outcome_open_says_ask_and_never_pay_again()
    {
        var steps = NormalisedCodes.All.Where(code => NormalisedCodes.LeavesOutcomeOpen(code.Code))
            .Select(code => CodeSteps.After(code)).ToList();
        steps.Select(step => step.Key).Distinct().ShouldBe(["slower", "first", "later", "ask"], ignoreOrder: true);
        steps.ShouldAllBe(step => step.Who.Contains(CodeActor.Finance));
    }

    // The page is punctuated as Chinese is written; the document is not.
    private static string FullWidth(string text) => text.Replace(',', '，').Replace('(', '（').Replace(')', '）');

    private static void Sentence(LocalizedString text)
    {
        text.ResourceNotFound.ShouldBeFalse(text.Name);
        text.Value.ShouldBeASentence();
    }
}
