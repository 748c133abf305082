using System.Text;
using MerchantPortal.Payments.Providers.BgcPay;
using MerchantPortal.Payments.Providers.LianLianMobile;

namespace MerchantPortal.Payments.Tests.Generated;

/// <summary>
/// Reading costs in proportion to what is read. Allocated bytes are counted rather than time: they are the same on a
/// loaded machine, and a reader that copies its rest again and again shows in them.
/// </summary>
public sealed class BoundTests
{
    private const int Mebi = 1024 * 1024;

    [Theory]
    [InlineData("\r\n--b")]
    [InlineData("\r\n--b0")]
    [InlineData("\r\n")]
    [InlineData("-")]
    [InlineData("\r\n--b0\r\n")]
    [InlineData("\r\n--b0\r\n\r\n\r\n")]
    [InlineData("\r\n--b0\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1")]
    public void A_multipart_form_is_read_within_a_few_times_its_length(string block)
    {
        const string Head = "--b0\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n";
        var body = Encoding.ASCII.GetBytes(Head + Repeated(block, BgcPayForm.MaxBytes - Head.Length));

        var allocated = Allocated(() => BgcPayForm.TryRead("", body, "multipart/form-data; boundary=b0", out _, out _));

        allocated.ShouldBeLessThan(8 * BgcPayForm.MaxBytes);
    }

    [Fact]
    public void A_form_longer_than_the_limit_is_not_read_at_all()
    {
        var body = new byte[16 * Mebi];

        var allocated = Allocated(() =>
            BgcPayForm.TryRead("", body, "multipart/form-data; boundary=b0", out _, out _).ShouldBeFalse());

        allocated.ShouldBeLessThan(64 * 1024);
    }

    [Theory]
    [InlineData("x")]
    [InlineData(",")]
    [InlineData("人")]
    [InlineData("|")]
    public void A_statement_of_one_endless_line_takes_no_more_memory_than_the_longest_line(string block)
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(Repeated(block, 4 * Mebi)));

        var allocated = Allocated(() => Count(file, LianLianMobileStatementKind.Trades).ShouldBe(1));

        allocated.ShouldBeLessThan(Mebi);
    }

    [Fact]
    public void A_statement_of_many_lines_takes_memory_in_proportion()
    {
        var line = StatementParsers.Trade + "\n";
        var some = Cost(Repeated(line, Mebi));
        var more = Cost(Repeated(line, 8 * Mebi));

        more.ShouldBeLessThan(12 * some);

        static long Cost(string text)
        {
            using var file = new MemoryStream(Encoding.UTF8.GetBytes(text));
            return Allocated(() => Count(file, LianLianMobileStatementKind.Trades).ShouldBeGreaterThan(500));
        }
    }

    private static int Count(Stream file, LianLianMobileStatementKind kind)
    {
        return CountAsync().GetAwaiter().GetResult();

        async Task<int> CountAsync()
        {
            var lines = 0;
            await foreach (var _ in new LianLianMobileStatement(file, kind).ReadAsync())
            {
                lines++;
            }

            return lines;
        }
    }

    private static string Repeated(string block, int length) =>
        string.Concat(Enumerable.Repeat(block, length / Encoding.UTF8.GetByteCount(block)));

    private static long Allocated(Action read)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        read();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
