import type { Finding } from '~/api'

export type Severity = Finding['severity']

/** Worst first. */
export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info']

export function countFindings(findings: readonly Finding[]): Record<Severity, number> {
  const counts = { error: 0, warning: 0, info: 0 }
  findings.forEach(({ severity }) => counts[severity]++)
  return counts
}

/** Worst first, and in the order in which they were found. */
export function byWeight(findings: readonly Finding[]): Finding[] {
  return [...findings].sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity))
}

/** Elements of the diagram that something is wrong with; a mere note doesn't count. */
export function faultyElements(findings: readonly Finding[]): string[] {
  return [
    ...new Set(
      findings.flatMap(({ severity, element }) => (severity !== 'info' && element !== undefined ? [element] : [])),
    ),
  ]
}
