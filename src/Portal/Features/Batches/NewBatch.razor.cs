using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.SignIn;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace MerchantPortal.Portal.Features.Batches;

/// <summary>The page that makes a batch. What was asked for has a page of its own, which this one leads to.</summary>
public sealed partial class NewBatch
{
    private BatchDraftState? draft;
    private FileProblem? problem;
    private string? fileName;
    private string? wrongFile;
    private string? shown;
    private bool reading;
    private bool isEmpty;

    [Inject] private BatchReading Reading { get; set; } = null!;
    [Inject] private CurrentActor Current { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private BatchWords Words { get; set; } = null!;

    /// <summary>The batch whose failed rows are asked for again.</summary>
    [SupplyParameterFromQuery(Name = "failed")]
    private string? Failed { get; set; }

    private string Title => Failed is null ? Words["new.title"] : Words["new.rerun", Failed];

    protected override async Task OnParametersSetAsync()
    {
        if (Failed == shown)
        {
            return;
        }

        shown = Failed;
        draft = null;
        isEmpty = false;
        if (Failed is not null)
        {
            await TakeFailedAsync(Failed);
        }
    }

    private async Task TakeFailedAsync(string number)
    {
        var found = await Reading.FailedRowsAsync(await Current.GetAsync(), number);
        if (found is not { Lines: { Count: > 0 } lines } rows)
        {
            isEmpty = true;
            return;
        }

        draft = new(rows.Kind, BatchSource.FailedRows, Title, BatchFile.Digest(lines))
        {
            Lines = lines,
            RerunOf = rows.BatchId,
        };
        await CheckAsync();
    }

    private async Task TakeAsync(InputFileChangeEventArgs chosen)
    {
        (draft, problem, wrongFile) = (null, null, null);
        fileName = chosen.File.Name;
        if (chosen.File.Size > BatchFile.MaxBytes)
        {
            wrongFile = Words["new.too-large"];
            return;
        }

        reading = true;
        StateHasChanged();
        try
        {
            using var bytes = new MemoryStream();
            await using (var content = chosen.File.OpenReadStream(BatchFile.MaxBytes))
            {
                await content.CopyToAsync(bytes);
            }

            await TakeAsync(BatchFile.Read(OperationKind.Refund, bytes.ToArray()));
        }
        catch (IOException)
        {
            // The browser lost the file or the line broke; nothing had been asked for yet.
            wrongFile = Words["new.lost"];
        }
        finally
        {
            reading = false;
        }
    }

    private async Task TakeAsync(BatchFile file)
    {
        problem = file.Problem;
        if (problem is null)
        {
            draft = new(OperationKind.Refund, BatchSource.File, fileName!, file.Sha256) { Lines = file.Lines };
            await CheckAsync();
        }
    }

    private async Task CheckAsync() => await draft!.CheckAsync(Reading, await Current.GetAsync());
}
