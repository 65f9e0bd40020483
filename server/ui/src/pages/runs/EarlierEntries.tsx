import { Button, Group, Text } from '@mantine/core'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answer, api, asProblem, type ApiProblem, type TimelineEntry } from '~/api'
import { ProblemNotice } from '~/components'
import { useFormat } from '~/format'

interface Earlier {
  entries: readonly TimelineEntry[]
  /** Whether all there is was read. */
  complete: boolean
  busy: boolean
  problem: ApiProblem | null
  read(): void
}

const PAGE = 500

/** What a long run's answer leaves out of its timeline, oldest first, read page by page when asked for. */
export function useEarlier(run: string): Earlier {
  const [state, setState] = useState<{ entries: TimelineEntry[]; next?: string; complete: boolean }>({
    entries: [],
    complete: false,
  })
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ApiProblem | null>(null)

  const read = useCallback(async () => {
    setBusy(true)
    setProblem(null)
    try {
      const query = { limit: PAGE, cursor: state.next }
      const page = await answer(api.GET('/runs/{run}/timeline', { params: { path: { run }, query } }))
      setState((before) => ({
        entries: [...before.entries, ...page.items],
        next: page.next,
        complete: page.next === undefined,
      }))
    } catch (thrown) {
      setProblem(asProblem(thrown))
    } finally {
      setBusy(false)
    }
  }, [run, state.next])

  return { entries: state.entries, complete: state.complete, busy, problem, read: () => void read() }
}

/** Says how much of a long timeline is left out, and offers it. */
export function EarlierEntries({ omitted, earlier }: { omitted: number; earlier: Earlier }) {
  const { t } = useTranslation('runs')
  const format = useFormat()
  const rest = omitted - earlier.entries.length
  if (rest <= 0 || earlier.complete) {
    return null
  }
  return (
    <>
      <Group justify="space-between" p="sm" gap="xs">
        <Text size="sm" c="dimmed">
          {t('timeline.omitted', { count: rest, number: format.number(rest) })}
        </Text>
        <Button size="compact-sm" variant="default" loading={earlier.busy} onClick={earlier.read}>
          {t('timeline.readEarlier')}
        </Button>
      </Group>
      {earlier.problem && <ProblemNotice problem={earlier.problem} onRetry={earlier.read} />}
    </>
  )
}
