using MerchantPortal.Payments.Providers;

namespace MerchantPortal.Payments.Tests.Http;

public sealed class OnceContentTests
{
    private readonly FakeClock clock = new();

    [Fact]
    public async Task A_body_is_written_once_and_never_again()
    {
        using var content = new OnceContent("amount=1"u8.ToArray(), SendPermit.Start(clock));
        using var first = new MemoryStream();
        using var second = new MemoryStream();

        content.Started.ShouldBeFalse();
        await content.CopyToAsync(first);
        await Should.ThrowAsync<BodyAskedTwiceException>(() => content.CopyToAsync(second));

        content.Started.ShouldBeTrue();
        first.ToArray().ShouldBe("amount=1"u8.ToArray());
        second.Length.ShouldBe(0);
    }

    [Fact]
    public async Task A_body_that_is_too_late_is_not_started()
    {
        using var content = new OnceContent("amount=1"u8.ToArray(), SendPermit.Start(clock));
        using var stream = new MemoryStream();
        clock.Advance(SendPermit.MaxAge);

        await Should.ThrowAsync<PermitExpiredException>(() => content.CopyToAsync(stream));

        content.Started.ShouldBeFalse();
        content.TooLate.ShouldBeTrue();
        stream.Length.ShouldBe(0);
    }

    [Fact]
    public async Task A_body_whose_first_write_breaks_counts_as_started()
    {
        using var content = new OnceContent("amount=1"u8.ToArray(), SendPermit.Start(clock));
        using var closed = new MemoryStream([], writable: false);

        await Should.ThrowAsync<Exception>(() => content.CopyToAsync(closed));

        content.Started.ShouldBeTrue();
    }
}
