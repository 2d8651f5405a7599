import { expect } from 'chai';
import { cleanName, readContent } from '../../src/attachments/content.ts';
import { JPEG, PDF, PNG, WEBP } from './samples.ts';

const read = (name: string, bytes: Buffer) => readContent(name, bytes);
const fault = (name: string, bytes: Buffer) => {
  const found = read(name, bytes);
  return 'fault' in found ? found.fault.split('.').at(-1) : null;
};

describe('what a file is', () => {
  it('is told by its bytes, and its name says the same', () => {
    for (const [name, bytes, type] of [
      ['scan.JPG', JPEG, 'image/jpeg'],
      ['scan.png', PNG, 'image/png'],
      ['scan.webp', WEBP, 'image/webp'],
      ['تفاهم‌نامه.pdf', PDF, 'application/pdf'],
    ] as const) {
      expect(read(name, bytes), name).to.deep.equal({ value: { name, type } });
    }
    expect(fault('scan.pdf', JPEG)).to.equal('renamed');
    expect(fault('scan.png', PDF)).to.equal('renamed');
    expect(fault('scan', PDF)).to.equal('renamed');
    expect(fault('.pdf', PDF)).to.equal('renamed');
    expect(fault('scan.exe', JPEG)).to.equal('renamed');
  });

  it('is none of ours, whatever its name', () => {
    expect(fault('page.pdf', Buffer.from('<html><script>'))).to.equal('other-type');
    expect(fault('sheet.xlsx', Buffer.from('PK\u0003\u0004'))).to.equal('other-type');
    expect(fault('drawing.svg', Buffer.from('<svg xmlns="x"/>'))).to.equal('other-type');
  });

  it('is whole, open, not empty and not too large', () => {
    expect(fault('scan.pdf', Buffer.alloc(0))).to.equal('empty');
    expect(fault('scan.pdf', Buffer.concat([PDF, Buffer.alloc(4_000_000)]))).to.equal('too-large');
    expect(fault('scan.jpg', JPEG.subarray(0, -2))).to.equal('broken');
    expect(fault('scan.png', PNG.subarray(0, -12))).to.equal('broken');
    expect(fault('scan.webp', WEBP.subarray(0, -4))).to.equal('broken');
    expect(fault('scan.pdf', PDF.subarray(0, -30))).to.equal('broken');
    expect(fault('scan.pdf', Buffer.from('%PDF-none'))).to.equal('broken');
    const locked = PDF.toString('latin1').replace('/Size 2', '/Size 2 /Encrypt 5 0 R');
    expect(fault('scan.pdf', Buffer.from(locked, 'latin1'))).to.equal('encrypted');
  });
});

describe('the name of a file', () => {
  it('loses folders and what nobody sees, and keeps its ending however long it is', () => {
    expect(cleanName('C:\\scans\\one.pdf')).to.equal('one.pdf');
    expect(cleanName('../../etc/one.pdf')).to.equal('one.pdf');
    expect(cleanName('gpj.\u202efdp.exe\u0000.pdf')).to.equal('gpj. fdp.exe.pdf');
    expect(cleanName('نیم\u200cفاصله.pdf')).to.equal('نیم\u200cفاصله.pdf');
    expect(cleanName(`${'ب'.repeat(300)}.pdf`))
      .to.have.length(120)
      .and.match(/\.pdf$/);
  });
});
