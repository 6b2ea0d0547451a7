enum Kind { person, company }

class Customer {
  const Customer(this.id, this.name, this.token, {this.kind = Kind.person});

  final String id;
  final String name;
  final String token;
  final Kind kind;
}

const customers = [
  Customer('c-1', 'Ada Lark', 't-1'),
  Customer('c-2', 'Lark & Sons', 't-2', kind: Kind.company),
];
