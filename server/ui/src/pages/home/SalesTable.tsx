import { ScrollArea, Table } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { DailySales } from '~/api'
import { MoneyText } from '~/components'
import { useFormat } from '~/format'

/** The chart's numbers, newest first. */
export function SalesTable({ days, today }: { days: readonly DailySales[]; today: string }) {
  const { t } = useTranslation('home')
  const format = useFormat()
  const units = (value: number | undefined) => (value === undefined ? t('business.none') : format.number(value, { max: 0 }))
  return (
    <ScrollArea h={260} viewportProps={{ tabIndex: 0, 'aria-label': t('business.asTable') }}>
      <Table stickyHeader verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('business.day')}</Table.Th>
            <Table.Th ta="right">{t('business.sold')}</Table.Th>
            <Table.Th ta="right">{t('business.expected')}</Table.Th>
            <Table.Th ta="right">{t('business.net')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {[...days].reverse().map((day) => (
            <Table.Tr key={day.date}>
              <Table.Td>{format.day(day.date)}</Table.Td>
              <Table.Td ta="right">{day.date > today ? t('business.none') : units(day.quantity)}</Table.Td>
              <Table.Td ta="right">{units(day.forecastQuantity)}</Table.Td>
              <Table.Td ta="right">
                {day.date > today ? t('business.none') : <MoneyText amount={day.revenue} currency={day.currency} />}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea>
  )
}
