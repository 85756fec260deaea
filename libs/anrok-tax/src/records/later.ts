/** SQL for the later of two moments, either of which may be null: the same on both databases. */
export function later(one: string, other: string): string {
  return `case when ${other} is null or ${one} > ${other} then ${one} else ${other} end`;
}
