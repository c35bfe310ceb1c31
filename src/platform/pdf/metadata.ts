/** What the PDF says of itself. */
export type PaperFacts = {
  readonly title: string;
  readonly author: string;
  /** The moment of signing, never that of printing: the same paper must give the same bytes (D4-39). */
  readonly at: Date;
};

/**
 * The information of the file. pdfkit writes each entry twice: by its value into the dictionary, where it is escaped,
 * and as a string into the XMP, where it is not.
 */
export function informationOf({ title, author, at }: PaperFacts): PDFKit.DocumentInfo {
  return {
    Title: new XmlText(title) as unknown as string,
    Author: new XmlText(author) as unknown as string,
    Creator: 'huzhu',
    Producer: 'huzhu',
    CreationDate: at,
    ModDate: at,
  };
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

class XmlText extends String {
  override toString(): string {
    return this.valueOf().replace(/[&<>]/g, (char) => ESCAPES[char] ?? char);
  }
}

/**
 * What pdfkit's XMP lacks: the moment of the last change, which must agree with the dictionary, and the claim of PDF/UA-1
 * with the description that PDF/A asks for of a schema that is none of its own.
 */
export function furtherXmp({ at }: PaperFacts): string {
  const moment = `${at.toISOString().slice(0, 19)}Z`;
  return `
        <rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
            <xmp:ModifyDate>${moment}</xmp:ModifyDate>
        </rdf:Description>
        <rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
            <pdfuaid:part>1</pdfuaid:part>
        </rdf:Description>
        <rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
            xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
            xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
            <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
                <pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
                <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
                <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
                <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
                    <pdfaProperty:name>part</pdfaProperty:name>
                    <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
                    <pdfaProperty:category>internal</pdfaProperty:category>
                    <pdfaProperty:description>Part of ISO 14289 that the file follows</pdfaProperty:description>
                </rdf:li></rdf:Seq></pdfaSchema:property>
            </rdf:li></rdf:Bag></pdfaExtension:schemas>
        </rdf:Description>
        `;
}
