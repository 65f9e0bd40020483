import { IconLock } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Card } from '@mantine/core'
import { EmptyState } from '~/components'
import { IfMay } from '~/session'

/** Says plainly that a page is for administrators, to those who came by a link. */
export function OnlyAdmins({ children }: { children: ReactNode }) {
  const { t } = useTranslation('admin')
  return (
    <IfMay
      role="admin"
      otherwise={
        <Card>
          <EmptyState icon={IconLock} title={t('only.title')} text={t('only.text')} />
        </Card>
      }
    >
      {children}
    </IfMay>
  )
}
