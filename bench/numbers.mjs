// Medians and ratios over rounds.

export function median(values) {
  const sorted = values.filter((value) => Number.isFinite(value)).sort((a, b) => a - b);
  if (sorted.length === 0) {
    return undefined;
  }
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

const matches = (row, wanted) => Object.entries(wanted).every(([key, value]) => row[key] === value);

/** The median of a figure over the rows that match. */
export const medianOf = (rows, wanted, figure) => median(rows.filter((row) => matches(row, wanted)).map((row) => row[figure]));

/** The median, over rounds, of one figure divided by another of the same round. */
export function ratioOf(rows, above, below, figure) {
  const divided = rows
    .filter((row) => matches(row, above))
    .map((row) => {
      const other = rows.find((one) => one.round === row.round && matches(one, below));
      return other ? row[figure] / other[figure] : undefined;
    });
  return median(divided.filter((value) => value !== undefined));
}

/** Three significant digits at least, thousands with commas. */
export function show(value) {
  if (value === undefined || !Number.isFinite(value)) {
    return '-';
  }
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
