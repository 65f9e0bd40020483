export { type FeedState } from './feed'
export { type Hint } from './hint'
export { LiveProvider, useHints, useLive, useProgress } from './LiveProvider'
