using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Audit;
using MerchantPortal.Portal.Features.Transfers;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Tests.Features.Transfers;

public sealed class PayeeCheckTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_payee_is_kept_with_the_providers_number_and_masked_name_and_the_address_only_masked(
        DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var account = await world.AccountAsync();

        var known = await world.CheckedAsync(clerk, account, " test@gmail.com ");

        (known.PayeeId, known.MaskedName).ShouldBe(("BTEST", "T**t"));
        known.Until.ShouldBe(world.Clock.GetUtcNow().AddMinutes(15));
        var row = await world.ReadAsync(db => db.Set<PayeeCheck>().SingleAsync());
        (row.Id, row.MaskedEmail, row.PersonName).ShouldBe((known.Id, "t•••@gmail.com", "chen"));
        row.AccountId.ShouldBe(account.Id);
        var audit = await world.ReadAsync(db => db.Set<AuditEntry>().OrderBy(entry => entry.Seq).LastAsync());
        (audit.Action, audit.Outcome).ShouldBe(("payee.check", AuditOutcome.Done));
        (audit.Subject + audit.Details).ShouldNotContain("gmail");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Nobody_found_and_no_answer_keep_nothing_and_say_why(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var account = await world.AccountAsync();

        (await world.Get<PayeeCommands>().CheckAsync(clerk, account.Id, "nobody"))
            .ShouldBe(new PayeeChecked.NobodyFound());
        (await world.Get<PayeeCommands>().CheckAsync(clerk, account.Id, "  ")).ShouldBe(new PayeeChecked.Empty());
        (await world.Get<PayeeCommands>().CheckAsync(clerk, Guid.CreateVersion7(), "B1"))
            .ShouldBe(new PayeeChecked.NoSuchAccount());
        world.Provider.Paying.OnFind = (_, transcript) =>
            new QueryAnswer<PayeeFacts>.NoAnswer(transcript, ProviderError.AnswerSignatureWrong)
            {
                Setting = new("unsigned-answers", "refuse", ["refuse", "accept-from-queries"], Confirmed: false),
            };
        (await world.Get<PayeeCommands>().CheckAsync(clerk, account.Id, "B1"))
            .ShouldBe(new PayeeChecked.NoAnswer(
                ProviderError.AnswerSignatureWrong, "", "unsigned-answers: refuse"));

        (await world.ReadAsync(db => db.Set<PayeeCheck>().CountAsync())).ShouldBe(0);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Without_the_right_the_provider_is_not_even_asked(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var reviewer = await world.PersonAsync("li", Role.Reviewer);
        var account = await world.AccountAsync();
        var asked = 0;
        world.Provider.Paying.OnFind = (_, transcript) =>
        {
            asked++;
            return new QueryAnswer<PayeeFacts>.NotFound(transcript);
        };

        (await world.Get<PayeeCommands>().CheckAsync(reviewer, account.Id, Payouts.Payee))
            .ShouldBe(new PayeeChecked.NoRight(Permission.TransfersRequest));

        asked.ShouldBe(0);
        var audit = await world.ReadAsync(db => db.Set<AuditEntry>().OrderBy(entry => entry.Seq).LastAsync());
        (audit.Action, audit.Outcome, audit.Actor).ShouldBe(("payee.check", AuditOutcome.Refused, "li"));
    }

    [Theory]
    [InlineData("test@gmail.com", "t•••@gmail.com")]
    [InlineData("@gmail.com", "•••")]
    [InlineData("nobody", "•••")]
    [InlineData("a@b@c.d", "a•••@c.d")]
    [InlineData("😀x@c.d", "😀•••@c.d")]
    public void An_address_is_kept_with_its_first_letter_and_its_host(string email, string masked) =>
        PayeeCheck.Mask(email).ShouldBe(masked);
}
