/** Two notes under one slur: from one step into the next. */
export function Logo({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden focusable="false">
      <path d="M6 18C8 6.500 24 6.500 26 18" fill="none" stroke="var(--accent)" strokeWidth="3" strokeLinecap="round" />
      <circle cx="6" cy="22.500" r="4.500" fill="currentColor" />
      <circle cx="26" cy="22.500" r="4.500" fill="currentColor" />
    </svg>
  )
}
