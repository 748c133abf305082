using System.Diagnostics.CodeAnalysis;

namespace MerchantPortal.Portal.Tests.Simulation;

/// <summary>The node is gone: whatever ran on it ends here, and nothing of it reaches anything any more.</summary>
internal sealed class NodeDiedException() : Exception("The node died here.");

/// <summary>The database's answer was lost; the node lives on and does not know what became of its commit.</summary>
internal sealed class AnswerLostException() : Exception("The database's answer was lost.");

/// <summary>What hits the next commit on a node.</summary>
internal enum CommitFault
{
    None,
    DieBefore,
    DieAfter,
    LoseBefore,
    LoseAfter,
}

/// <summary>One life of a process: from a start to a crash.</summary>
/// <param name="Portal">The services it runs on.</param>
/// <param name="Name">Its name in traces.</param>
/// <param name="Began">Hears of every transaction that it begins.</param>
internal sealed record Node(IServiceProvider Portal, string Name, Action Began)
{
    public bool IsDead { get; set; }

    /// <summary>It cannot anchor its audit, so it must send nothing.</summary>
    public bool IsSealed { get; init; }

    public CommitFault NextCommit { get; set; }

    /// <summary>The command whose commit is hit; null for whichever comes first.</summary>
    public string? OnlyIn { get; set; }

    /// <summary>A commit of it was hit.</summary>
    public bool WasHit { get; set; }

    /// <summary>Ends its process where it has one of its own; null where only its work ends.</summary>
    public Action? Ends { get; init; }

    /// <summary>Its life is over.</summary>
    /// <exception cref="NodeDiedException">Always, unless the whole process is gone.</exception>
    [DoesNotReturn]
    public void Die()
    {
        IsDead = true;
        Ends?.Invoke();
        throw new NodeDiedException();
    }
}

/// <summary>
/// One thing that a node does, advanced from outside: it runs until it is about to begin a transaction or stands at
/// the provider's connection, and waits there for its next turn. All code between two such points runs on the thread
/// that gave the turn, so one seed is one order of events.
/// </summary>
internal sealed class Job
{
    private static readonly AsyncLocal<Job?> Running = new();

    private readonly bool pauses;
    private readonly Task<string> work;
    private TaskCompletionSource? gate;
    private TaskCompletionSource arrived = NewArrival();

    /// <summary>Starts the work and runs it to its first point.</summary>
    /// <param name="node">The node that does it.</param>
    /// <param name="name">What it is, for traces.</param>
    /// <param name="work">The work; its result is told in the trace.</param>
    /// <param name="pauses">False lets it run through without waiting for turns.</param>
    public Job(Node node, string name, Func<Task<string>> work, bool pauses = true)
    {
        Node = node;
        Name = name;
        this.pauses = pauses;
        this.work = RunAsync(work);
    }

    /// <summary>The job that the calling code belongs to; null outside of all jobs.</summary>
    public static Job? Current => Running.Value;

    public Node Node { get; }

    public string Name { get; }

    /// <summary>Where it waits for its turn.</summary>
    public string Point { get; private set; } = "";

    public bool IsDone => work.IsCompleted;

    /// <summary>How it ended: its result, or the fault that ended it.</summary>
    public Task<string> Work => work;

    /// <summary>Waits until it stands at a point or has ended.</summary>
    public Task ArrivedAsync() => arrived.Task;

    /// <summary>Gives it a turn.</summary>
    public Task StepAsync()
    {
        arrived = NewArrival();
        gate!.SetResult();
        return arrived.Task;
    }

    /// <summary>Called from inside: waits for the next turn.</summary>
    public async Task PauseAsync(string point)
    {
        MustLive();
        if (!pauses)
        {
            return;
        }

        Point = point;
        gate = new TaskCompletionSource();
        arrived.SetResult();
        await gate.Task.ConfigureAwait(false);
        MustLive();
    }

    /// <summary>Nothing reaches the database or the network from a node that is dead.</summary>
    public void MustLive()
    {
        if (Node.IsDead)
        {
            throw new NodeDiedException();
        }
    }

    private static TaskCompletionSource NewArrival() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task<string> RunAsync(Func<Task<string>> whole)
    {
        Running.Value = this;
        try
        {
            return await whole().ConfigureAwait(false);
        }
        finally
        {
            arrived.TrySetResult();
        }
    }
}
