// Lists the products of Northwind Outdoor and their defects.

export interface Product {
  name: string;
  /** Value of the ticket field "Product line". */
  line: 'tents' | 'footwear' | 'clothing' | 'packs' | 'equipment';
  faults: readonly string[];
}

export const PRODUCTS: readonly Product[] = [
  {
    name: 'Fjell 2 tent',
    line: 'tents',
    faults: ['the seam leaks', 'a pole snapped', 'the zip is stuck halfway', 'two pegs bent like butter'],
  },
  {
    name: 'Ridge 3P tent',
    line: 'tents',
    faults: [
      'water comes through the floor',
      'the inner tent has a hole',
      'a pole is missing a joint',
      'the rain fly ripped',
    ],
  },
  {
    name: 'Kestrel hiking boots',
    line: 'footwear',
    faults: ['the sole is coming off', 'the left one lets water in', 'the eyelets ripped out', 'the heel fell apart'],
  },
  {
    name: 'Moraine trail shoes',
    line: 'footwear',
    faults: ['the mesh tore', 'the sole peeled away at the toe', 'the lace hook broke off'],
  },
  {
    name: 'Tarn rain jacket',
    line: 'clothing',
    faults: [
      'the waterproofing peels off',
      'the zipper broke',
      'it soaks through at the shoulders',
      'the seam tape comes loose',
    ],
  },
  {
    name: 'Loft down jacket',
    line: 'clothing',
    faults: ['feathers come out everywhere', 'the zip pull came off', 'there is a rip along the pocket'],
  },
  {
    name: 'Moor softshell trousers',
    line: 'clothing',
    faults: ['the knee ripped open', 'the button fell off', 'the stitching came undone'],
  },
  {
    name: 'kids puddle suit',
    line: 'clothing',
    faults: ['the elastic is gone', 'the seam between the legs split', 'the snaps broke off'],
  },
  {
    name: 'Basecamp 65 backpack',
    line: 'packs',
    faults: ['a shoulder strap tore', 'the hip belt buckle cracked', 'the frame pokes through'],
  },
  {
    name: 'Daylight 20 daypack',
    line: 'packs',
    faults: ['the zip teeth are gone', 'the bottle pocket ripped', 'the bottom leaks'],
  },
  {
    name: 'Drift sleeping bag',
    line: 'equipment',
    faults: ['the zip catches and broke', 'the filling lumps together', 'the hood cord ripped off'],
  },
  {
    name: 'Ember camping stove',
    line: 'equipment',
    faults: ['the igniter is dead', 'gas leaks at the valve', 'one leg broke off'],
  },
  {
    name: 'Lumen headlamp',
    line: 'equipment',
    faults: ['it wont charge anymore', 'the strap clip broke', 'it flickers and dies'],
  },
  {
    name: 'Cairn trekking poles',
    line: 'equipment',
    faults: ['one does not lock', 'the tip broke off', 'the grip came loose'],
  },
  {
    name: 'Brook water filter',
    line: 'equipment',
    faults: ['it is cracked', 'nothing comes through', 'the hose came off'],
  },
];
