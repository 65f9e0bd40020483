import { Burger, Drawer, Group, Text } from '@mantine/core'
import { useDisclosure, useMediaQuery } from '@mantine/hooks'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Outlet, ScrollRestoration } from 'react-router'
import { LiveProvider } from '~/live'
import { SessionEnded } from '~/session'
import { AccountMenu } from './AccountMenu'
import classes from './AppShell.module.css'
import { ConnectionBanner } from './ConnectionBanner'
import { Loading } from './Loading'
import { Logo } from './Logo'
import { Navigation } from './Navigation'

/** The frame around all pages: navigation at the side, or behind a button on a phone. */
export function AppShell() {
  const { t } = useTranslation()
  const wide = useMediaQuery('(min-width: 62em)', undefined, { getInitialValueInEffect: false })
  const [opened, menu] = useDisclosure()
  return (
    <LiveProvider>
      <a href="#content" className={classes.skip}>
        {t('app.skip')}
      </a>
      <div className={classes.shell}>
        {wide ? (
          <aside className={classes.side}>
            <Brand />
            <Navigation />
            <AccountMenu />
          </aside>
        ) : (
          <header className={classes.top}>
            <Burger
              opened={opened}
              onClick={menu.toggle}
              size="sm"
              color="var(--nav-text-strong)"
              aria-label={t(opened ? 'app.closeMenu' : 'app.menu')}
              aria-expanded={opened}
            />
            <Brand />
          </header>
        )}
        <main id="content" tabIndex={-1} className={classes.main}>
          <ConnectionBanner />
          <Suspense fallback={<Loading />}>
            <Outlet />
          </Suspense>
        </main>
      </div>
      <Drawer
        opened={opened && !wide}
        onClose={menu.close}
        size={280}
        title={t('app.menu')}
        closeButtonProps={{ 'aria-label': t('app.closeMenu') }}
        classNames={{ content: classes.drawer, header: classes.drawer, body: classes.drawerBody, close: classes.drawerClose }}
      >
        <Navigation onNavigate={menu.close} />
        <AccountMenu onNavigate={menu.close} />
      </Drawer>
      <SessionEnded />
      <ScrollRestoration />
    </LiveProvider>
  )
}

function Brand() {
  const { t } = useTranslation()
  return (
    <Group gap={9} className={classes.brand}>
      <Logo />
      <Text span fw={700} fz="1.2rem" lh={1} style={{ letterSpacing: '-0.02em' }}>
        {t('app.name')}
      </Text>
    </Group>
  )
}
