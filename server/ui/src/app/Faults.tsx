import { Button, Card, Center, Group, Stack, Text, Title } from '@mantine/core'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { isRouteErrorResponse, Link, useRouteError } from 'react-router'

const RELOADED = 'segue.reloaded'

/** What is shown instead of a page that threw. */
export function RouteFault() {
  const { t } = useTranslation()
  const error = useRouteError()
  const updated = isLostChunk(error)
  useEffect(() => {
    // A new version has other file names. One reload finds them; a second would only go in circles.
    if (updated && sessionStorage.getItem(RELOADED) === null) {
      sessionStorage.setItem(RELOADED, 'yes')
      window.location.reload()
    }
    if (!updated) {
      console.error(error)
    }
  }, [error, updated])
  if (isRouteErrorResponse(error) && error.status === 404) {
    return <NotFound />
  }
  return (
    <Center mih="60vh" p="md">
      <Card maw={520} role="alert">
        <Stack>
          <Title order={1}>{t(updated ? 'app.updated' : 'app.fault')}</Title>
          <Text>{t(updated ? 'app.updatedHelp' : 'app.faultHelp')}</Text>
          <Group>
            <Button onClick={() => window.location.reload()}>{t('app.reload')}</Button>
            <Button component="a" href="/" variant="default">
              {t('app.home')}
            </Button>
          </Group>
          {!updated && error instanceof Error && (
            <Text size="xs" c="dimmed" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
              {error.message}
            </Text>
          )}
        </Stack>
      </Card>
    </Center>
  )
}

/** What is shown for an address without a page. */
export function NotFound() {
  const { t } = useTranslation()
  return (
    <Center mih="50vh" p="md">
      <Stack align="center" ta="center">
        <Title order={1}>{t('app.notFound')}</Title>
        <Text c="dimmed">{t('app.notFoundHelp')}</Text>
        <Button component={Link} to="/">
          {t('app.home')}
        </Button>
      </Stack>
    </Center>
  )
}

function isLostChunk(error: unknown): boolean {
  return error instanceof Error && /dynamically imported module|module script failed|preload CSS/i.test(error.message)
}
