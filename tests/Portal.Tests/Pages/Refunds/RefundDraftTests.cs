using MerchantPortal.Portal.Features.Refunds;

namespace MerchantPortal.Portal.Tests.Pages;

public sealed class RefundDraftTests
{
    [Fact]
    public void An_untouched_order_starts_with_all_of_it()
    {
        var draft = new RefundDraft(RefundSamples.Offer(paid: 1240));
        draft.HowMuch.ShouldBe(HowMuch.Full);
        draft.AmountText.ShouldBe("12.40");
        draft.Allows(HowMuch.Rest).ShouldBeFalse();
        draft.IsTouched.ShouldBeFalse();
    }

    [Fact]
    public void What_went_back_already_leaves_only_the_rest()
    {
        var draft = new RefundDraft(RefundSamples.Offer(paid: 48_600, refunded: 8_600, waiting: 8_600));
        draft.HowMuch.ShouldBe(HowMuch.Rest);
        draft.AmountText.ShouldBe("314.00");
        draft.Allows(HowMuch.Full).ShouldBeFalse();
    }

    [Theory]
    [InlineData("CNY", "12.40", DraftLack.Reason)]
    [InlineData("CNY", " 12.4 ", DraftLack.Reason)]
    [InlineData("CNY", "12,40", DraftLack.ReadableAmount)]
    [InlineData("CNY", "12.405", DraftLack.ReadableAmount)]
    [InlineData("CNY", "-1", DraftLack.ReadableAmount)]
    [InlineData("CNY", "0.00", DraftLack.ReadableAmount)]
    [InlineData("CNY", "1e2", DraftLack.ReadableAmount)]
    [InlineData("CNY", "１２", DraftLack.ReadableAmount)]
    [InlineData("CNY", "", DraftLack.Amount)]
    [InlineData("CNY", "486.01", DraftLack.SmallerAmount)]
    [InlineData("CNY", "486.00", DraftLack.Reason)]
    [InlineData("CNY", "999999999999999999999", DraftLack.ReadableAmount)]
    [InlineData("JPY", "48600", DraftLack.Reason)]
    [InlineData("JPY", "48600.0", DraftLack.ReadableAmount)]
    [InlineData("KWD", "48.600", DraftLack.Reason)]
    public void An_amount_is_taken_exactly_or_not_at_all(string currency, string text, DraftLack lack)
    {
        var draft = new RefundDraft(RefundSamples.Offer(currency: currency)) { AmountText = text };
        draft.HowMuch.ShouldBe(HowMuch.Part);
        draft.Lack.ShouldBe(lack);
        draft.AmountText.ShouldBe(text);
    }

    [Fact]
    public void Another_refund_of_the_order_has_to_be_meant()
    {
        var draft = new RefundDraft(RefundSamples.Offer(waiting: 8_600, another: RefundSamples.Facts()))
        {
            Reason = "Other",
        };
        draft.Lack.ShouldBe(DraftLack.Separate);
        draft.MeansAnother = true;
        draft.Lack.ShouldBe(DraftLack.Nothing);
    }

    [Fact]
    public void Fresh_figures_keep_what_was_typed()
    {
        var draft = new RefundDraft(RefundSamples.Offer(paid: 10_000)) { Reason = "Damaged", Comment = "broken" };
        var number = draft.CommandId;
        draft.Refresh(RefundSamples.Offer(paid: 10_000, waiting: 4_000));
        draft.HowMuch.ShouldBe(HowMuch.Part);
        draft.AmountText.ShouldBe("100.00");
        draft.Lack.ShouldBe(DraftLack.SmallerAmount);
        draft.Reason.ShouldBe("Damaged");
        draft.Comment.ShouldBe("broken");
        draft.CommandId.ShouldBe(number);
    }

    [Fact]
    public void The_rest_follows_fresh_figures()
    {
        var draft = new RefundDraft(RefundSamples.Offer(paid: 10_000, refunded: 1_000));
        draft.Refresh(RefundSamples.Offer(paid: 10_000, refunded: 3_000));
        draft.HowMuch.ShouldBe(HowMuch.Rest);
        draft.AmountText.ShouldBe("70.00");
        draft.ToForm().SeenRefundable.ShouldBe(7_000);
    }
}
