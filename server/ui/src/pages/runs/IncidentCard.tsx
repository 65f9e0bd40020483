import { Button, Card, Group, Text } from '@mantine/core'
import { IconAlertTriangle, IconFocus2 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Incident } from '~/api'
import { StateBadge, TimeText } from '~/components'
import { useMay } from '~/session'
import { toneStyle } from '~/theme/tones'
import classes from './IncidentCard.module.css'
import type { Repair } from './RepairDialog'

interface Props {
  incident: Incident
  /** What the step got, to be offered for a change. */
  input?: Record<string, unknown>
  onRepair: (repair: Repair) => void
  /** Shows the step in diagram and timeline. */
  onShow?: () => void
}

/** What holds a run up, why, and how to go on. */
export function IncidentCard({ incident, input, onRepair, onShow }: Props) {
  const { t } = useTranslation('runs')
  const mayRepair = useMay('operator')
  const actions = incident.actions ?? []
  return (
    <Card component="article" className={classes.card} aria-label={t('incident.at', { step: incident.elementName })}>
      <Group gap="sm" align="flex-start" wrap="nowrap">
        <span className={classes.icon} style={toneStyle('bad')}>
          <IconAlertTriangle size={20} stroke={1.9} aria-hidden />
        </span>
        <div className={classes.body}>
          <Group gap="xs" mb={2}>
            <h2 className={classes.title}>{t('incident.at', { step: incident.elementName ?? incident.element })}</h2>
            {incident.state !== 'open' && <StateBadge kind="incident" state={incident.state} />}
            <Text size="xs" c="dimmed" span>
              {t(KINDS[incident.kind] ?? 'incident.kind.other')} · <TimeText at={incident.createdAt} site={incident.site} />
            </Text>
          </Group>
          <p className={classes.message}>{incident.message}</p>
          {incident.inDoubt && <p className={classes.hint}>{t('incident.inDoubt')}</p>}
          <Group gap="xs" mt="sm">
            {mayRepair &&
              actions.map((each, index) => (
                <Button
                  key={each}
                  size="xs"
                  variant={index === 0 && each === 'retry' ? 'filled' : 'default'}
                  onClick={() => onRepair({ incident, input, action: each })}
                >
                  {t(`repair.${each}.action`)}
                </Button>
              ))}
            {onShow && (
              <Button size="xs" variant="subtle" leftSection={<IconFocus2 size={15} aria-hidden />} onClick={onShow}>
                {t('incident.show')}
              </Button>
            )}
            {!mayRepair && (
              <Text size="sm" c="dimmed">
                {t('incident.mayNot')}
              </Text>
            )}
          </Group>
        </div>
      </Group>
    </Card>
  )
}

/** What the engine's word for a kind of incident means. */
const KINDS: Readonly<
  Record<string, 'incident.kind.retries' | 'incident.kind.mapping' | 'incident.kind.condition' | 'incident.kind.thrown'>
> = {
  JOB_NO_RETRIES: 'incident.kind.retries',
  EXECUTION_LISTENER_NO_RETRIES: 'incident.kind.retries',
  IO_MAPPING_ERROR: 'incident.kind.mapping',
  EXTRACT_VALUE_ERROR: 'incident.kind.mapping',
  CONDITION_ERROR: 'incident.kind.condition',
  UNHANDLED_ERROR_EVENT: 'incident.kind.thrown',
}
