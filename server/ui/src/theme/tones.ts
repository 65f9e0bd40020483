/** What a colour means. The colours themselves are in `tokens.css`. */
export type Tone = 'good' | 'attention' | 'bad' | 'active' | 'neutral' | 'rehearsal'

/** Text and background of a tone, for inline styles. */
export function toneStyle(tone: Tone): { color: string; backgroundColor: string } {
  return { color: `var(--tone-${tone}-text)`, backgroundColor: `var(--tone-${tone}-fill)` }
}
