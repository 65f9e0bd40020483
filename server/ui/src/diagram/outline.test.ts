// @vitest-environment jsdom
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { outlineOf } from './outline'

const diagram = (inner: string) =>
  `<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"><bpmn:process id="p">${inner}</bpmn:process></bpmn:definitions>`

describe('the outline', () => {
  it('goes the way of a run, into sub-processes and past boundary events', () => {
    const items = outlineOf(
      diagram(`
        <bpmn:endEvent id="end" />
        <bpmn:subProcess id="sub" name="Each site">
          <bpmn:startEvent id="inner" /><bpmn:serviceTask id="count" name="Count" />
          <bpmn:sequenceFlow id="f3" sourceRef="inner" targetRef="count" />
        </bpmn:subProcess>
        <bpmn:boundaryEvent id="late" attachedToRef="sub" />
        <bpmn:startEvent id="start" name="Day begins" />
        <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="sub" />
        <bpmn:sequenceFlow id="f2" sourceRef="sub" targetRef="end" />`),
    )
    expect(items.map(({ id, level }) => [id, level])).toEqual([
      ['start', 0],
      ['sub', 0],
      ['inner', 1],
      ['count', 1],
      ['late', 0],
      ['end', 0],
    ])
    expect(items[0]).toMatchObject({ name: 'Day begins', kind: 'event' })
    expect(items[3]).toMatchObject({ name: 'Count', kind: 'step' })
  })

  it('ends on a loop', () => {
    const items = outlineOf(
      diagram(`<bpmn:startEvent id="a" /><bpmn:userTask id="b" /><bpmn:sequenceFlow id="f" sourceRef="a" targetRef="b" />
        <bpmn:sequenceFlow id="g" sourceRef="b" targetRef="a" />`),
    )
    expect(items.map(({ id }) => id)).toEqual(['a', 'b'])
  })

  it('names the steps of the shipped workflow', () => {
    const file = join(import.meta.dirname, '../../../../workflows/daily-optimization')
    const items = outlineOf(readFileSync(join(file, 'daily-optimization.bpmn'), 'utf8'))
    expect(items.length).toBeGreaterThan(10)
  })
})
