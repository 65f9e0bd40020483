import { Kbd, Modal, Stack, Switch, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './ShortcutHelp.module.css'
import { useShortcutsOn } from './shortcuts'

const KEYS = {
  inbox: ['j', 'k', 'Enter', 'x', 'c', 'a', 'r', '?'],
  one: ['a', 'r', 'c', 'e', 'u', '?'],
} as const

interface Props {
  opened: boolean
  onClose: () => void
  page: keyof typeof KEYS
}

/** Lists the keys of a page, and turns them off for whom they are in the way. */
export function ShortcutHelp({ opened, onClose, page }: Props) {
  const { t } = useTranslation('approvals')
  const [on, setOn] = useShortcutsOn()
  const words = {
    j: t('keys.next'),
    k: t('keys.previous'),
    Enter: t('keys.open'),
    x: t('keys.select'),
    c: t('keys.claim'),
    a: t('keys.approve'),
    r: t('keys.reject'),
    e: t('keys.edit'),
    u: t('keys.back'),
    '?': t('keys.help'),
  }
  return (
    <Modal opened={opened} onClose={onClose} title={t('keys.title')}>
      <Stack>
        <dl className={classes.keys}>
          {KEYS[page].map((key) => (
            <div key={key}>
              <dt>
                <Kbd>{key}</Kbd>
              </dt>
              <dd>{words[key]}</dd>
            </div>
          ))}
        </dl>
        <Switch
          label={t('keys.on')}
          checked={on}
          onChange={(event) => setOn(event.currentTarget.checked)}
        />
        <Text size="sm" c="dimmed">
          {t('keys.note')}
        </Text>
      </Stack>
    </Modal>
  )
}
