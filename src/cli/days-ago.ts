const dayMs = 86_400_000;

export function daysAgo(days: number): Date {
  return new Date(Date.now() - days * dayMs);
}
