using MerchantPortal.Portal.Features.Changes;
using MerchantPortal.Portal.Features.SignIn;
using MerchantPortal.Portal.Security;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace MerchantPortal.Portal.Features.Resolutions;

/// <summary>The form of a verdict. Its file stays in memory until it is proposed.</summary>
public partial class VerdictForm
{
    private Guid command = Guid.CreateVersion7();
    private Verdict? verdict;
    private string why = "";
    private string line = "";
    private ChangeDocument? file;
    private ChangeMessage? message;
    private bool busy;
    private bool proving;

    [Parameter, EditorRequired]
    public SettleSheet Sheet { get; set; } = null!;

    /// <summary>Called once the verdict waits for its second person.</summary>
    [Parameter]
    public EventCallback Proposed { get; set; }

    [Inject]
    private ChangeCommands Commands { get; set; } = null!;

    [Inject]
    private CurrentActor Current { get; set; } = null!;

    [Inject]
    private ResolutionWords Words { get; set; } = null!;

    [Inject]
    private ChangeWords ChangeWords { get; set; } = null!;

    private string? Bar => Sheet.Bar switch
    {
        SettleBar.None => null,
        SettleBar.NoRight => Words["bar.NoRight", Permission.OperationsResolve],
        var bar => Words[$"bar.{bar}"],
    };

    private string ResolversText => Words["form.resolvers", Words.In.Names(Sheet.Resolvers)];

    private string Act => verdict is { } chosen ? Words[$"form.act.{chosen}"] : Words["form.act"];

    private string? Lack => verdict is null ? Words["form.lack.verdict"]
        : file is null && string.IsNullOrWhiteSpace(line) ? Words["form.lack.document"]
        : string.IsNullOrWhiteSpace(why) ? Words["form.lack.why"]
        : null;

    private bool CanPropose => Sheet.Bar == SettleBar.None && Lack is null && !busy;

    private ChangeProposal Proposal => new(
        command, ResolveOperation.Word,
        ChangeJson.Write(new ResolveTerms(Sheet.Line.Line.Operation.Id, verdict!.Value)), why)
    {
        Document = file ?? ChangeDocument.OfText(line),
    };

    private bool MayBe(Verdict one) => one != Verdict.ResendSame || Sheet.ResendSafe;

    private async Task TakeAsync(InputFileChangeEventArgs chosen)
    {
        message = null;
        if (chosen.File.Size > ChangeDocument.MostBytes)
        {
            file = null;
            message = new(ChangeWords["proposed.DocumentWrong"], ChangeWords["document.TooLarge"]);
            return;
        }

        using var bytes = new MemoryStream();
        await using var stream = chosen.File.OpenReadStream(ChangeDocument.MostBytes);
        await stream.CopyToAsync(bytes);
        file = new(chosen.File.Name, bytes.ToArray());
    }

    private async Task ProposeAsync()
    {
        if (!CanPropose)
        {
            return;
        }

        busy = true;
        StateHasChanged();
        var result = await Commands.ProposeAsync(await Current.GetAsync(), Proposal);
        busy = false;
        proving = false;
        message = result is Changes.Proposed.Done ? null : ChangeWords.Ended(result);
        if (result is Changes.Proposed.Done)
        {
            command = Guid.CreateVersion7();
        }

        await Proposed.InvokeAsync();
    }
}
