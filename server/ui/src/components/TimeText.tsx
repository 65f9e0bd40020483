import { Tooltip } from '@mantine/core'
import { useSite, useSites } from '~/api'
import { useFormat, useNow } from '~/format'

interface Props {
  at: string
  /** The site whose zone to tell the time in; the browser's without it. */
  site?: string
  /** `relative`: 3 minutes ago; `moment`: 21 Nov 2026, 03:15; `time`: 03:15:20. */
  as?: 'relative' | 'moment' | 'time'
}

/** A moment. Its exact time, with the zone, is in the tooltip. */
export function TimeText({ at, site, as = 'relative' }: Props) {
  const format = useFormat()
  const zone = useSite(site)?.zone
  // Until the zone is known, the browser's would show another hour for a blink.
  const hidden = useSites().isPending && site !== undefined && as !== 'relative'
  const now = useNow()
  const exact = `${format.dateTimeExact(at, zone)} ${format.zoneName(zone ?? browserZone, at)}`
  const text = {
    relative: () => format.relative(at, now),
    moment: () => format.dateTime(at, zone),
    time: () => format.timeExact(at, zone),
  }[as]()
  return (
    <Tooltip label={exact}>
      <time dateTime={at} tabIndex={-1} style={{ whiteSpace: 'nowrap', visibility: hidden ? 'hidden' : undefined }}>
        {text}
      </time>
    </Tooltip>
  )
}

const browserZone = Intl.DateTimeFormat().resolvedOptions().timeZone
