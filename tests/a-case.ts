/** One small invented case, used by tests alike. */
export const A_TEXT = `Harbour notes

The mayor of Port Sample said that twelve boats were burnt on 3 May 2021.
Two fishermen, who asked not to be named, denied that any boat was burnt that night.
A reader of the port's own log counted at most nine boats.
`

const quote = (exact: string) => ({ source: 'harbour.txt', selector: [{ type: 'TextQuoteSelector', exact }] })

/** Codes A_TEXT: a figure, a denial of the same event, and a link between them. */
export const A_CODING_FILE = {
  type: 'AnnotationCollection',
  format: 'rapporteur-coding/1',
  label: 'harbour',
  matters: [
    {
      key: 'fire-at-port-sample',
      kind: 'event',
      name: 'Fire at Port Sample',
      aliases: ['the burning of the boats'],
    },
    { key: 'mayor-of-port-sample', kind: 'person', name: 'Mayor of Port Sample', aliases: [] },
  ],
  aspects: {
    event: {
      boats: {
        valueType: 'quantity',
        holds: 'one',
        definition: 'Boats burnt.',
        conflict: 'disjoint bounds, same scope and as-of',
      },
      when: { valueType: 'date', holds: 'one', definition: 'Day.', conflict: 'no overlap' },
      happened: { valueType: 'text', holds: 'one', definition: 'Whether it happened.' },
    },
  },
  items: [
    {
      id: 'H1',
      target: quote('twelve boats were burnt on 3 May 2021'),
      body: {
        type: 'Statement',
        kind: 'official claim',
        speakers: [
          { own: true, act: 'reports' },
          { name: 'Mayor of Port Sample', key: 'mayor-of-port-sample', group: 'state' },
        ],
        about: [
          {
            matter: 'fire-at-port-sample',
            aspect: 'boats',
            asStated: 'twelve boats',
            value: { lower: 12, upper: 12, unit: 'boats' },
          },
          { matter: 'fire-at-port-sample', aspect: 'when', asStated: '3 May 2021', value: '2021-05-03' },
          { matter: 'fire-at-port-sample', aspect: 'happened', value: 'boats were burnt' },
        ],
      },
    },
    {
      id: 'H2',
      target: quote('denied that any boat was burnt that night'),
      body: {
        type: 'Statement',
        kind: 'denial',
        polarity: 'denied',
        speakers: [
          { own: true, act: 'reports' },
          { name: 'Two fishermen', named: false, group: 'witness' },
        ],
        about: [{ matter: 'fire-at-port-sample', aspect: 'happened', value: 'boats were burnt' }],
        links: [{ rel: 'contradicts', to: 'H1' }],
      },
    },
    {
      id: 'H3',
      target: quote('counted at most nine boats'),
      body: {
        type: 'Statement',
        kind: 'observation',
        speakers: [{ own: true }],
        about: [
          {
            matter: 'fire-at-port-sample',
            aspect: 'boats',
            asStated: 'at most nine',
            value: { lower: null, upper: 9, unit: 'boats' },
          },
        ],
      },
    },
    {
      id: 'H4',
      target: quote('Harbour notes'),
      body: { type: 'Remark', remark: 'heading', text: 'Heading.' },
    },
  ],
}
