using MerchantPortal.Payments.Providers;

namespace MerchantPortal.Payments.Tests.Forgeries;

/// <summary>The forgeries themselves: they find what they have to find, and they are the same in every run.</summary>
public sealed class ForgeryRunTests
{
    private const int Tries = 6_000;
    private const ulong Seed = 7;

    public static TheoryData<string> WeakReaders() => [.. Weaknesses.Md5.Keys];

    [Theory]
    [MemberData(nameof(WeakReaders))]
    public async Task A_reader_without_one_of_its_rules_is_caught(string weakness)
    {
        var weak = new LianLianMobileOriginals(SignatureMode.Md5, Weaknesses.Md5[weakness]);

        await IsCaughtAsync(await weak.NotificationsAsync());
    }

    [Fact]
    public async Task A_reader_that_lets_the_message_choose_the_algorithm_is_caught()
    {
        var weak = new LianLianMobileOriginals(SignatureMode.Rsa, Weaknesses.MessageChooses);

        await IsCaughtAsync(await weak.NotificationsAsync());
    }

    [Fact]
    public async Task The_real_readers_withstand_the_same_number_of_forgeries()
    {
        var md5 = new LianLianMobileOriginals(SignatureMode.Md5);
        var real = new Originals("lianlian-mobile", await md5.NotificationsAsync());

        var count = await new ForgeryRun(real, Seed).RunAsync(Tries / 4);

        count.Through.ShouldBeNull();
        count.Refused.ShouldBe(Tries / 4);
    }

    [Fact]
    public async Task A_number_makes_the_same_forgery_again()
    {
        var one = new ForgeryRun(await ProviderOriginals.AllinpayAsync(), Seed);
        var two = new ForgeryRun(await ProviderOriginals.AllinpayAsync(), Seed);
        for (ulong number = 0; number < 200; number++)
        {
            var (first, second) = (one.Make(number), two.Make(number));
            (first is null).ShouldBe(second is null);
            first?.Letter.IsSame(second!.Letter).ShouldBeTrue($"number {number}");
        }
    }

    [Fact]
    public async Task Every_way_to_forge_applies_to_some_provider()
    {
        Originals[] all =
        [
            await ProviderOriginals.AllinpayAsync(), await ProviderOriginals.LianLianGlobalAsync(),
            await ProviderOriginals.LianLianMobileAsync(), await ProviderOriginals.BgcPayAsync(),
        ];
        var made = all.SelectMany(originals => Enumerable.Range(0, 1_000)
            .Select(number => new ForgeryRun(originals, Seed).Make((ulong)number)?.Kind ?? ""));

        Change.All.Select(change => change.Kind).Except(made).ShouldBeEmpty();
    }

    [Fact]
    public async Task Another_spelling_of_the_same_fields_is_harmless_and_other_fields_never_are()
    {
        var one = (await new LianLianMobileOriginals(SignatureMode.Md5).NotificationsAsync())[0];
        var spelled = new Letter([.. " "u8, .. one.Letter.Body, .. "\n"u8], one.Letter.ContentType);
        var other = one.Wire.Write(one.Draft.With(3, "2"));

        ForgeryRun.IsHarmless(new(one, "", spelled, 0, ""), one.Facts).ShouldBeTrue();
        ForgeryRun.IsHarmless(new(one, "", other, 0, ""), one.Facts).ShouldBeFalse();
        ForgeryRun.IsHarmless(new(one, "", spelled, 0, ""), "other facts").ShouldBeFalse();
        (await one.Judge(spelled)).ShouldBe(one.Facts);
    }

    [Fact]
    public async Task What_once_got_through_is_refused()
    {
        Originals[] all =
        [
            await ProviderOriginals.AllinpayAsync(), await ProviderOriginals.LianLianGlobalAsync(),
            await ProviderOriginals.LianLianMobileAsync(), await ProviderOriginals.BgcPayAsync(),
        ];
        foreach (var file in Directory.EnumerateFiles(CrasherFolder.Place, "*.json"))
        {
            var crasher = Crasher.Read(file);
            var original = all.Single(one => one.Provider == crasher.Provider).All
                .Single(one => one.Name == crasher.Original);
            var forgery = new Forgery(original, crasher.Kind, crasher.Letter, crasher.Number, "");
            var verdict = await ForgeryRun.JudgeAsync(forgery);
            (verdict is null || ForgeryRun.IsHarmless(forgery, verdict)).ShouldBeTrue($"{file}: {verdict}");
        }
    }

    private static async Task IsCaughtAsync(IReadOnlyList<Original> originals) =>
        (await new ForgeryRun(new("weak", originals), Seed).RunAsync(Tries)).Through.ShouldNotBeNull();
}
