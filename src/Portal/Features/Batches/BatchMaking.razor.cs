using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.SignIn;
using MerchantPortal.Portal.Features.Transfers;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace MerchantPortal.Portal.Features.Batches;

/// <summary>Makes a batch of one kind. What was asked for has a page of its own, which this one leads to.</summary>
public sealed partial class BatchMaking : IDisposable
{
    private readonly CancellationTokenSource gone = new();
    private CancellationToken whenGone;
    private IReadOnlyList<PayingAccount>? accounts;
    private Guid? accountId;
    private BatchFile? file;
    private int? looking;
    private int toLookAt;
    private BatchDraftState? draft;
    private FileProblem? problem;
    private string? fileName;
    private string? wrongFile;
    private string? shown;
    private bool reading;
    private bool isEmpty;

    [Inject] private BatchReading Reading { get; set; } = null!;
    [Inject] private PayeeLooks Payees { get; set; } = null!;
    [Inject] private TransferQueries Transfers { get; set; } = null!;
    [Inject] private CurrentActor Current { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private BatchWords Words { get; set; } = null!;

    [Parameter, EditorRequired] public OperationKind Kind { get; set; }

    /// <summary>The batch whose failed rows are asked for again; null for a file.</summary>
    [Parameter] public string? Failed { get; set; }

    private string Title => Failed is null ? Words.Of(Kind, "new.title") : Words["new.rerun", Failed];

    public void Dispose()
    {
        gone.Cancel();
        gone.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        whenGone = gone.Token;
        if (Kind == OperationKind.Transfer)
        {
            accounts = await Transfers.AccountsAsync(await Current.GetAsync());
            accountId = accounts.Count == 0 ? null : accounts[0].Id;
        }
    }

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
        if (found is not { Lines: { Count: > 0 } lines } rows || rows.Kind != Kind)
        {
            isEmpty = true;
            return;
        }

        draft = new(rows.Kind, BatchSource.FailedRows, Title, BatchFile.Digest(lines))
        {
            Lines = lines,
            RerunOf = rows.BatchId,
            AccountId = Kind == OperationKind.Transfer ? rows.AccountId : null,
        };
        await CheckAsync();
        await LookAsync();
    }

    private async Task ChooseAccountAsync(string? id)
    {
        accountId = Guid.Parse(id!);
        if (file is not null)
        {
            await TakeAsync(file);
        }
    }

    private async Task TakeAsync(InputFileChangeEventArgs chosen)
    {
        (draft, file, problem, wrongFile) = (null, null, null, null);
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

            file = BatchFile.Read(Kind, bytes.ToArray());
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

        if (file is not null)
        {
            await TakeAsync(file);
        }
    }

    private async Task TakeAsync(BatchFile taken)
    {
        problem = taken.Problem;
        draft = null;
        if (problem is null)
        {
            draft = new(Kind, BatchSource.File, fileName!, taken.Sha256)
            {
                Lines = taken.Lines,
                AccountId = Kind == OperationKind.Transfer ? accountId : null,
            };
            await CheckAsync();
            await LookAsync();
        }
    }

    /// <summary>Looks at the payees that nothing else is wrong with, and judges the rows again.</summary>
    private async Task LookAsync()
    {
        if (looking is not null || draft is not { AccountId: { } account } mine
            || !RendererInfo.IsInteractive || mine.ToLookAt is not { Count: > 0 } numbers)
        {
            return;
        }

        (looking, toLookAt) = (0, numbers.Count);
        StateHasChanged();
        try
        {
            mine.Tell(await Payees.LookAsync(
                await Current.GetAsync(), account, numbers, done => InvokeAsync(() => Progress(done)), whenGone));
            await CheckAsync();
        }
        catch (OperationCanceledException) when (whenGone.IsCancellationRequested)
        {
            // The page was left; what was looked at until then is kept.
        }
        finally
        {
            looking = null;
        }
    }

    private void Progress(int done)
    {
        looking = done;
        StateHasChanged();
    }

    private async Task CheckAsync() => await draft!.CheckAsync(Reading, await Current.GetAsync());
}
