import {
  IconActivityHeartbeat,
  IconChecklist,
  IconHistory,
  IconHome,
  IconKey,
  IconPlayerPlay,
  IconSitemap,
  IconUsers,
  type Icon,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { NavLink } from 'react-router'
import { useApprovals } from '~/api'
import { useMay } from '~/session'
import classes from './Navigation.module.css'

interface Entry {
  to: string
  label: string
  icon: Icon
  count?: number
}

/** The way to every page that the person may see. */
export function Navigation({ onNavigate }: { onNavigate?: () => void }) {
  const { t } = useTranslation()
  const admin = useMay('admin')
  const waiting = useWaiting()
  const main: Entry[] = [
    { to: '/', label: t('nav.home'), icon: IconHome },
    { to: '/approvals', label: t('nav.approvals'), icon: IconChecklist, count: waiting },
    { to: '/workflows', label: t('nav.workflows'), icon: IconSitemap },
    { to: '/runs', label: t('nav.runs'), icon: IconPlayerPlay },
  ]
  const administration: Entry[] = [
    { to: '/admin/people', label: t('nav.people'), icon: IconUsers },
    { to: '/admin/tokens', label: t('nav.tokens'), icon: IconKey },
    { to: '/admin/audit', label: t('nav.audit'), icon: IconHistory },
    { to: '/admin/health', label: t('nav.health'), icon: IconActivityHeartbeat },
  ]
  return (
    <nav aria-label={t('app.mainNavigation')} className={classes.nav}>
      <Entries entries={main} onNavigate={onNavigate} />
      {admin && (
        <>
          <h2 className={classes.group}>{t('nav.admin')}</h2>
          <Entries entries={administration} onNavigate={onNavigate} />
        </>
      )}
    </nav>
  )
}

function Entries({ entries, onNavigate }: { entries: Entry[]; onNavigate?: () => void }) {
  const { t } = useTranslation()
  return (
    <ul className={classes.list}>
      {entries.map(({ to, label, icon: Icon, count }) => (
        <li key={to}>
          <NavLink to={to} end={to === '/'} className={classes.entry} onClick={onNavigate}>
            <Icon size={19} stroke={1.7} aria-hidden />
            <span className={classes.label}>{label}</span>
            {count !== undefined && count > 0 && (
              <span className={classes.count}>
                <span aria-hidden>{count > 99 ? '99+' : count}</span>
                <span className="visually-hidden">{t('nav.waiting', { count })}</span>
              </span>
            )}
          </NavLink>
        </li>
      ))}
    </ul>
  )
}

/** How many approvals wait for the person: one page tells up to a hundred. */
function useWaiting(): number {
  const { data } = useApprovals({ view: 'groups', state: ['open'], limit: 100 })
  return data?.items.filter((approval) => approval.mayDecide).length ?? 0
}
