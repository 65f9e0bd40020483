export { Diagram, type DiagramState } from './Diagram'
export { outlineOf, type ElementKind, type OutlineItem } from './outline'
