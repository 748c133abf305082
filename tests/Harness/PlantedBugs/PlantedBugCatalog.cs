namespace MerchantPortal.Harness.PlantedBugs;

/// <summary>Every bug that the harness must catch.</summary>
public static class PlantedBugCatalog
{
    public static IReadOnlyList<IPlantedBug> All { get; } =
    [
        .. typeof(IPlantedBug).Assembly.GetTypes()
            .Where(type => !type.IsInterface && typeof(IPlantedBug).IsAssignableFrom(type))
            .Select(type => (IPlantedBug)Activator.CreateInstance(type)!)
            .OrderBy(bug => bug.Name, StringComparer.Ordinal),
    ];

    public static IPlantedBug Get(string name) => All.SingleOrDefault(bug => bug.Name == name)
        ?? throw new ArgumentException(
            $"No such bug; choose from {string.Join(' ', All.Select(bug => bug.Name))}.", nameof(name));
}
