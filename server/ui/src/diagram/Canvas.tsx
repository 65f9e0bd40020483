import 'bpmn-js/dist/assets/diagram-js.css'
import 'bpmn-js/dist/assets/bpmn-js.css'
import './canvas.css'

import { ActionIcon, Alert, useComputedColorScheme } from '@mantine/core'
import { IconFocusCentered, IconMinus, IconPlus } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DiagramState } from './Diagram'
import { DiagramView } from './view'

interface Props extends DiagramState {
  xml: string
  title: string
  height: number | string
}

/** The drawing itself, by bpmn-js. Its logo has to stay in sight. */
export function Canvas({ xml, title, height, selected, onSelect, focus, flows, active, incidents, counts }: Props) {
  const { t } = useTranslation()
  const dark = useComputedColorScheme() === 'dark'
  const holder = useRef<HTMLDivElement>(null)
  const [view, setView] = useState<DiagramView>()
  const [failed, setFailed] = useState<string>()
  const select = useRef(onSelect)
  useEffect(() => {
    select.current = onSelect
  })

  useEffect(() => {
    if (holder.current === null) {
      return undefined
    }
    const made = new DiagramView(holder.current, dark, title, (element) => select.current?.(element))
    let gone = false
    setFailed(undefined)
    made.open(xml).then(
      () => !gone && setView(made),
      (thrown: unknown) => !gone && setFailed(String(thrown)),
    )
    return () => {
      gone = true
      setView(undefined)
      made.close()
    }
  }, [xml, dark, title])

  useEffect(() => {
    view?.paint({ flows, active, incidents, counts }, (key, count) => t(`diagram.${key}`, { count: count ?? 0 }))
  }, [view, flows, active, incidents, counts, t])

  useEffect(() => view?.follow(focus), [view, focus])
  useEffect(() => view?.select(selected), [view, selected])

  if (failed !== undefined) {
    return (
      <Alert m="md" color="red" role="alert" title={t('diagram.failed')}>
        {failed}
      </Alert>
    )
  }
  return (
    <div className="segue-canvas" style={{ height }}>
      <div ref={holder} className="segue-canvas-holder" data-drawn={view !== undefined} />
      <div className="segue-canvas-tools">
        <ActionIcon variant="default" aria-label={t('diagram.zoomIn')} onClick={() => view?.zoom(1)}>
          <IconPlus size={16} aria-hidden />
        </ActionIcon>
        <ActionIcon variant="default" aria-label={t('diagram.zoomOut')} onClick={() => view?.zoom(-1)}>
          <IconMinus size={16} aria-hidden />
        </ActionIcon>
        <ActionIcon variant="default" aria-label={t('diagram.fit')} onClick={() => view?.fit()}>
          <IconFocusCentered size={16} aria-hidden />
        </ActionIcon>
      </div>
    </div>
  )
}
