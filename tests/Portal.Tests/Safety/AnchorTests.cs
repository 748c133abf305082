using MerchantPortal.Payments.Tests;
using MerchantPortal.Portal.Features.Audit;

namespace MerchantPortal.Portal.Tests.Safety;

/// <summary>The anchor's file, kept by two processes at once and by processes that are killed.</summary>
public sealed class AnchorTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("portal-anchor-").FullName;

    private string File => Path.Combine(folder, "anchor.log");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Two_writers_leave_whole_lines_that_only_go_forward()
    {
        await using (var first = new AuditAnchor(File, new FakeClock()))
        await using (var second = new AuditAnchor(File, new FakeClock()))
        {
            await Task.WhenAll(WriteAsync(first, 1), WriteAsync(second, 2));
            first.Broken.ShouldBeNull();
            second.Broken.ShouldBeNull();
        }

        var lines = AuditAnchor.Read(File).Select(line => line.Seq).ToList();
        lines.ShouldBe(lines.Distinct().Order());
        lines[^1].ShouldBe(2000);

        static async Task WriteAsync(AuditAnchor anchor, int from)
        {
            for (var seq = from; seq <= 2000; seq += 2)
            {
                anchor.Note(seq, new byte[32]);
                await Task.Yield();
            }
        }
    }

    [Fact]
    public async Task Half_a_line_that_a_killed_process_left_is_no_line_and_is_written_over()
    {
        await NoteAsync(7);
        await System.IO.File.AppendAllTextAsync(File, "8 00ff00");

        AuditAnchor.Read(File).ShouldHaveSingleItem().Seq.ShouldBe(7);
        AuditAnchor.ReadLast(File)!.Seq.ShouldBe(7);
        await NoteAsync(9);

        AuditAnchor.Read(File).Select(line => line.Seq).ShouldBe([7, 9]);
    }

    [Fact]
    public async Task A_line_of_somebody_else_breaks_the_anchor_and_is_left_as_it_is()
    {
        await System.IO.File.WriteAllTextAsync(File, "not an anchor\n");

        await using (var anchor = new AuditAnchor(File, new FakeClock()))
        {
            anchor.Note(1, new byte[32]);
            await anchor.DisposeAsync();
            anchor.Broken.ShouldNotBeNull();
        }

        Should.Throw<InvalidDataException>(() => AuditAnchor.ReadLast(File));
        (await System.IO.File.ReadAllTextAsync(File)).ShouldBe("not an anchor\n");
    }

    private async Task NoteAsync(long seq)
    {
        await using var anchor = new AuditAnchor(File, new FakeClock());
        anchor.Note(seq, new byte[32]);
    }
}
