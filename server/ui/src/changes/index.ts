export { ChangeTable } from './ChangeTable'
export { changesOf, countEdits, noEdits, toChangeEdits, type Edit, type Edits } from './edits'
export { totalsOf } from './totals'
